// Merges the facts of a unit of work: of each field the newest counts, of equal times the greater value. Nothing is
// written where nothing changes. The identifiers are locked by the unit already (identity/claim); a shop is a hub, so its
// relationships are never merged: the small end is locked, looked at, and then they are created.
// Times are microseconds since 1970; a brand without one is the one that scopes the account, which stays. A shop that
// nobody has told of gets a node of its own, called by its key. People whose facts changed are marked with the unit's time `at`.
// rows: {shops LIST<MAP>, accounts LIST<MAP>, at_shops LIST<MAP>, at_brands LIST<MAP>, apps LIST<MAP>, entries LIST<MAP>, at INTEGER}: one map, because
// Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {shops: [], accounts: [], at_shops: [], at_brands: [], apps: [], entries: [], at: 0}
CALL () { UNWIND $rows.shops AS row
  MERGE (s:Shop {key: row.key}) ON CREATE SET s.name = row.key
  SET s.lock = true
  WITH s, row
  UNWIND row.said AS said
  WITH s, said[0] AS field, 't_' + said[0] AS stamp, said[1] AS value, said[2] AS day
  WHERE s[stamp] IS NULL OR day > s[stamp] OR (day = s[stamp] AND value > s[field])
  SET s[field] = value, s[stamp] = day }
CALL () { UNWIND [row IN $rows.shops WHERE row.brand IS NOT NULL] AS row
  MATCH (s:Shop {key: row.key})
  OPTIONAL MATCH (s)-[old:OF_BRAND]->(before:Brand)
  WITH s, old, before, row.brand[0] AS key, row.brand[1] AS day
  WHERE s.t_brand IS NULL OR day > s.t_brand OR (day = s.t_brand AND key > before.key)
  SET s.t_brand = day
  WITH s, old, before, key WHERE before IS NULL OR before.key <> key
  MERGE (b:Brand {key: key}) ON CREATE SET b.name = key
  DELETE old
  CREATE (s)-[:OF_BRAND]->(b)
  WITH before WHERE before:Brand AND NOT EXISTS { (before)--() }
  DELETE before }
CALL () { UNWIND $rows.accounts AS row
  MATCH (i:Identifier {key: row.key})
  USING INDEX SEEK i:Identifier(key)
  UNWIND row.said AS said
  WITH i, said[0] AS field, 't_' + said[0] AS stamp, said[1] AS value,
    datetime({epochSeconds: said[2] / 1000000, nanosecond: said[2] % 1000000 * 1000}) AS at
  WHERE i[stamp] IS NULL OR at > i[stamp] OR (at = i[stamp] AND coalesce(value > i[field],
    CASE WHEN value IS :: STRING THEN 0 WHEN value IS :: BOOLEAN THEN 1 ELSE 2 END
    > CASE WHEN i[field] IS :: STRING THEN 0 WHEN i[field] IS :: BOOLEAN THEN 1 ELSE 2 END))
  SET i[field] = value, i[stamp] = at
  WITH DISTINCT i
  MATCH (i)-[:IDENTIFIES]->(p:Person)
  WITH DISTINCT p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS now
  WHERE p.dirtyAt IS NULL OR p.dirtyAt <> now
  SET p.dirtyAt = now }
CALL () { UNWIND [row IN $rows.accounts WHERE row.person IS NOT NULL] AS row
  MATCH (i:Identifier {key: row.key})
  USING INDEX SEEK i:Identifier(key)
  WITH i, row.person AS said,
    datetime({epochSeconds: row.person.at / 1000000, nanosecond: row.person.at % 1000000 * 1000}) AS at
  WHERE i.t_name IS NULL OR at > i.t_name OR (at = i.t_name AND said.digest > i.nameDigest)
  WITH i, said, at, coalesce(i.nameDigest <> said.digest, true) AS other
  SET i.t_name = at, i.nameDigest = said.digest, i.sealedName = said.sealed, i.name = said.name
  WITH i, said.entry AS entry, other
  FOREACH (_ IN CASE WHEN other THEN [1] ELSE [] END |
    MERGE (i)<-[:FINDS]-(n:NameIndex {name: entry.name})
    SET n.tokens = entry.tokens, n.place = entry.place)
  WITH DISTINCT i
  MATCH (i)-[:IDENTIFIES]->(p:Person)
  WITH DISTINCT p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS now
  WHERE p.dirtyAt IS NULL OR p.dirtyAt <> now
  SET p.dirtyAt = now }
CALL () { UNWIND $rows.entries AS entry
  MATCH (i:Identifier {key: entry.key})
  USING INDEX SEEK i:Identifier(key)
  MERGE (i)<-[:FINDS]-(n:NameIndex {name: entry.name})
  SET n.tokens = entry.tokens, n.place = entry.place }
CALL () { UNWIND $rows.at_shops AS row
  MATCH (i:Identifier {key: row.key})
  USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (i)-[old:ISSUED_BY]->(before)
  WITH i, old, before, row.shop AS key,
    datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000}) AS at
  WHERE i.t_shop IS NULL OR at > i.t_shop OR (at = i.t_shop AND key > before.key)
  SET i.t_shop = at, i.t_brand = null
  WITH i, old, before, key WHERE before IS NULL OR NOT (before:Shop AND before.key = key)
  MERGE (s:Shop {key: key}) ON CREATE SET s.name = key
  DELETE old
  CREATE (i)-[:ISSUED_BY]->(s)
  WITH before WHERE before:Brand AND NOT EXISTS { (before)--() }
  DELETE before }
CALL () { UNWIND $rows.at_brands AS row
  MATCH (i:Identifier {key: row.key})
  USING INDEX SEEK i:Identifier(key)
  WHERE i.t_shop IS NULL
  OPTIONAL MATCH (i)-[old:ISSUED_BY]->(before)
  WITH i, old, before, row.brand AS key, CASE WHEN row.at IS NOT NULL
    THEN datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000}) END AS at
  WHERE before IS NULL OR at > i.t_brand OR (at = i.t_brand AND key > before.key)
  SET i.t_brand = at
  WITH i, old, key WHERE before IS NULL OR before.key <> key
  MERGE (b:Brand {key: key}) ON CREATE SET b.name = key
  DELETE old
  CREATE (i)-[:ISSUED_BY]->(b) }
CALL () { UNWIND $rows.apps AS row
  MATCH (i:Identifier {key: row.key})
  USING INDEX SEEK i:Identifier(key)
  WHERE NOT EXISTS { (i)-[:IN_APP]->(:Shop) }
  MERGE (s:Shop {key: row.shop}) ON CREATE SET s.name = row.shop
  CREATE (i)-[:IN_APP]->(s) }

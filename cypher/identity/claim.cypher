// Makes sure that the identifiers of a unit of work exist, and locks them and the people they belong to.
// Identifiers are merged in the order given (sorted by key), people are locked in the order of their ids: concurrent
// writers wait for each other instead of meeting head-on. `hashes` says whom each hash stands for, `moves` which hash
// identifiers are the given plain ones, `known` which have anything between
// them to be read, `locked` whose people are held,
// `epoch` which policy, blocks and expiry run are in force.
// rows: {plain LIST<MAP>, hashed LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: hashes LIST<LIST<STRING>>, moves LIST<LIST<STRING>>, known LIST<STRING>, locked LIST<STRING>, epoch INTEGER, tombstones INTEGER
// browser: :param rows => {plain: [], hashed: []}
CALL () {
  UNWIND $rows.plain AS row
  MERGE (i:Identifier {key: row.key})
    ON CREATE SET i:$(row.label), i.kind = row.kind, i.scope = row.scope, i.value = row.value, i.sealed = row.sealed, i.name = row.name
  RETURN collect(i) AS plain, collect(CASE WHEN i.firstSeen IS NULL AND size(row.forms) > 0 THEN {i: i, forms: row.forms} END) AS fresh
}
CALL (fresh) {
  UNWIND fresh AS one
  UNWIND one.forms AS form
  MERGE (a:Alias {key: form.key}) ON CREATE SET a.name = form.name
  WITH one.i AS i, a
  OPTIONAL MATCH (a)-[:OF]->(other:Identifier)
  FOREACH (_ IN CASE WHEN other IS NULL THEN [1] ELSE [] END | CREATE (a)-[:OF]->(i))
  RETURN collect(CASE WHEN other <> i THEN [other.key, i.key] END) AS moves
}
CALL () {
  UNWIND $rows.hashed AS row
  MERGE (a:Alias {key: row.key}) ON CREATE SET a.name = row.name
  SET a.lock = true
  WITH row, a
  OPTIONAL MATCH (a)-[:OF]->(known:Identifier)
  FOREACH (_ IN CASE WHEN known IS NULL THEN [1] ELSE [] END |
    MERGE (i:Identifier {key: row.key})
      ON CREATE SET i:$(row.label), i.kind = row.kind, i.scope = row.scope, i.value = row.value, i.sealed = row.sealed, i.name = row.name
    CREATE (a)-[:OF]->(i))
  RETURN collect([row.key, coalesce(known.key, row.key)]) AS hashes
}
WITH hashes, moves, [row IN $rows.plain | row.key] + [pair IN hashes | pair[1]] + [pair IN moves | pair[0]] AS keys
CALL (keys) {
  UNWIND keys AS key
  WITH DISTINCT key ORDER BY key
  MATCH (i:Identifier {key: key}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  FOREACH (_ IN CASE WHEN p IS NULL THEN [1] ELSE [] END | SET i.lock = true)
  RETURN collect(CASE WHEN i.firstSeen IS NOT NULL OR EXISTS { (i)-[:UNLINKED|PINNED]-() } THEN i.key END) AS known,
    collect(DISTINCT p) AS people
}
CALL (people) {
  UNWIND people AS p
  WITH p ORDER BY p.oneId
  SET p.lock = true
  RETURN collect(p.oneId) AS locked
}
OPTIONAL MATCH (state:IdentityState {name: 'identity'})
RETURN hashes, moves, known, locked, state.epoch AS epoch, COUNT { (:Tombstone) } AS tombstones

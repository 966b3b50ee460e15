// Writes what a unit of work decided. Everything that it touches is locked already; hubs are never merged.
// People that are otherwise now are marked with the unit's time, so that what is derived of them is derived anew. Of contested
// identifiers, `bounded`, facts count from the first sighting of their oldest active evidence: an active link by hand is evidence
// from its time on, unless a newer link or unlink of the pair took its place.
// rows: {identifiers LIST<MAP>, flags LIST<MAP>, links LIST<MAP>, updates LIST<MAP>, states LIST<MAP>, gone LIST<LIST<STRING>>, pins LIST<MAP>, pin_updates LIST<MAP>, persons LIST<MAP>, leaves LIST<STRING>, joins LIST<MAP>, owners LIST<MAP>, merges LIST<MAP>, returns LIST<STRING>, splits LIST<MAP>, erased LIST<STRING>, changes LIST<MAP>, marked LIST<STRING>, bounded LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: at INTEGER, rows MAP
// returns: nothing
// browser: :param rows => {identifiers: [], flags: [], links: [], updates: [], states: [], gone: [], pins: [], pin_updates: [], persons: [], leaves: [], joins: [], owners: [], merges: [], returns: [], splits: [], erased: [], changes: [], marked: [], bounded: []}
WITH datetime({epochSeconds: $at / 1000000, nanosecond: $at % 1000000 * 1000}) AS at
CALL () { UNWIND $rows.identifiers AS row
  MATCH (i:Identifier {key: row.key}) USING INDEX SEEK i:Identifier(key)
  SET i.firstSeen = datetime({epochSeconds: row.first / 1000000, nanosecond: row.first % 1000000 * 1000}),
      i.lastSeen = datetime({epochSeconds: row.last / 1000000, nanosecond: row.last % 1000000 * 1000}), i.brands = row.brands }
CALL () { UNWIND $rows.flags AS row
  MATCH (i:Identifier {key: row.key}) USING INDEX SEEK i:Identifier(key)
  SET i.shared = row.shared, i.expired = row.expired, i.blocked = row.blocked, i.pending = row.pending, i.contested = row.contested }
CALL () { UNWIND $rows.links AS row
  MATCH (a:Identifier {key: row.a}) USING INDEX SEEK a:Identifier(key)
  MATCH (b:Identifier {key: row.b}) USING INDEX SEEK b:Identifier(key)
  CREATE (a)-[:LINKED {firstSeen: datetime({epochSeconds: row.first / 1000000, nanosecond: row.first % 1000000 * 1000}),
    lastSeen: datetime({epochSeconds: row.last / 1000000, nanosecond: row.last % 1000000 * 1000}),
    newest: datetime({epochSeconds: row.newest / 1000000, nanosecond: row.newest % 1000000 * 1000}),
    verified: row.verified, sources: row.sources, brands: row.brands, method: row.method, confidence: row.confidence,
    rule: row.rule, state: row.state, reason: row.reason}]->(b) }
CALL () { UNWIND $rows.updates AS row
  MATCH (a:Identifier {key: row.a})-[l:LINKED]-(b:Identifier {key: row.b})
    USING INDEX SEEK a:Identifier(key) USING INDEX SEEK b:Identifier(key)
  SET l.firstSeen = datetime({epochSeconds: row.first / 1000000, nanosecond: row.first % 1000000 * 1000}),
      l.lastSeen = datetime({epochSeconds: row.last / 1000000, nanosecond: row.last % 1000000 * 1000}),
      l.newest = datetime({epochSeconds: row.newest / 1000000, nanosecond: row.newest % 1000000 * 1000}),
      l.verified = row.verified, l.sources = row.sources, l.brands = row.brands, l.method = row.method, l.confidence = row.confidence,
      l.rule = row.rule, l.state = row.state, l.reason = row.reason }
CALL () { UNWIND $rows.states AS row
  MATCH (a:Identifier {key: row.a})-[l:LINKED]-(b:Identifier {key: row.b})
    USING INDEX SEEK a:Identifier(key) USING INDEX SEEK b:Identifier(key)
  SET l.state = row.state, l.reason = row.reason }
CALL () { UNWIND $rows.gone AS row
  MATCH (a:Identifier {key: row[0]})-[l:LINKED]-(b:Identifier {key: row[1]})
    USING INDEX SEEK a:Identifier(key) USING INDEX SEEK b:Identifier(key)
  DELETE l }
CALL (at) { UNWIND $rows.persons AS row
  CREATE (:Person {oneId: row.one_id, born: row.born, name: row.name, since: at, status: 'ACTIVE', dirtyAt: at, lock: true}) }
CALL () { UNWIND $rows.leaves AS key
  MATCH (held:Identifier {key: key})-[r:IDENTIFIES]->(:Person) USING INDEX SEEK held:Identifier(key)
  DELETE r }
CALL (at) { UNWIND $rows.joins AS row
  MATCH (i:Identifier {key: row.key}) USING INDEX SEEK i:Identifier(key)
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  CREATE (i)-[:IDENTIFIES {since: at}]->(p) }
CALL () { UNWIND $rows.owners AS row
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  OPTIONAL MATCH (p)-[old:OWNED_BY]->(:Identifier)
  DELETE old
  WITH p, row
  MATCH (i:Identifier {key: row.key}) USING INDEX SEEK i:Identifier(key)
  CREATE (p)-[:OWNED_BY]->(i) }
CALL () { UNWIND $rows.returns AS one_id
  MATCH (p:Person {oneId: one_id})-[r:MERGED_INTO]->(:Person) USING INDEX SEEK p:Person(oneId)
  DELETE r
  SET p.status = 'ACTIVE' }
CALL (at) { UNWIND $rows.merges AS row
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  MATCH (q:Person {oneId: row.into}) USING INDEX SEEK q:Person(oneId)
  OPTIONAL MATCH (p)-[old:MERGED_INTO]->(:Person)
  DELETE old
  SET p.status = 'MERGED'
  CREATE (p)-[:MERGED_INTO {at: at, cause: row.cause}]->(q)
  WITH p, q
  MATCH (follower:Person)-[r:MERGED_INTO]->(p)
  CREATE (follower)-[:MERGED_INTO {at: r.at, cause: r.cause}]->(q)
  DELETE r }
CALL (at) { UNWIND $rows.splits AS row
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  MATCH (q:Person {oneId: row.from}) USING INDEX SEEK q:Person(oneId)
  CREATE (p)-[:SPLIT_FROM {at: at, cause: row.cause}]->(q) }
CALL () { UNWIND $rows.erased AS one_id
  MATCH (p:Person {oneId: one_id}) USING INDEX SEEK p:Person(oneId)
  SET p.status = 'ERASED' }
CALL () { UNWIND $rows.pins AS row
  MATCH (a:Identifier {key: row.a}) USING INDEX SEEK a:Identifier(key)
  MATCH (b:Identifier {key: row.b}) USING INDEX SEEK b:Identifier(key)
  CREATE (a)-[p:$(row.type)]->(b)
  SET p = row.properties }
CALL () { UNWIND $rows.pin_updates AS row
  MATCH (a:Identifier {key: row.a})-[p:UNLINKED|PINNED {run: row.properties.run}]-(b:Identifier {key: row.b})
    USING INDEX SEEK a:Identifier(key) USING INDEX SEEK b:Identifier(key)
  SET p = row.properties }
CALL (at) { UNWIND $rows.marked AS one_id
  MATCH (p:Person {oneId: one_id}) USING INDEX SEEK p:Person(oneId)
  SET p.dirtyAt = at }
CALL () { UNWIND $rows.bounded AS key
  MATCH (i:Identifier {key: key}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (i)-[l:LINKED|PINNED]-(n:Identifier) WHERE l.state = 'active'
    AND NOT (type(l) = 'PINNED' AND EXISTS { (i)-[o:PINNED|UNLINKED]-(n) WHERE o.at > l.at OR (o.at = l.at AND o.run > l.run) })
  WITH i, min(coalesce(l.firstSeen, l.at)) AS first
  WITH i, CASE WHEN i.contested THEN first END AS first
  WHERE coalesce(first <> i.factsFrom, first IS NOT NULL OR i.factsFrom IS NOT NULL)
  SET i.factsFrom = first }
CALL (at) { UNWIND $rows.changes AS row
  CREATE (:Change:Unnumbered {id: row.id, type: row.type, at: at, cause: row.cause, oneId: row.one_id, others: row.others,
    gained: row.gained, lost: row.lost, by: row.by, reason: row.reason, operation: row.operation, name: row.name}) }

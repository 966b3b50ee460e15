// What stands between two identifiers: who they are, the clusters around them, and all evidence and pins of those.
// A cluster goes over everything that was ever seen together, also what lost or was unlinked, and ends at whatever is
// shared, blocked or expired: those are named with the number of their pairs (`ties`) and never walked into, for there may be
// a hundred thousand. `ends` are the keys of the two, null where there is none; `opened` those of the clusters; `most` ends
// a cluster that is too large to be told about; `epoch` says which policy was in force. A name is the value where that is open,
// else masked. Rows have the shapes of touch.cypher.
// rows: {a LIST<STRING>, b LIST<STRING>, stones LIST<STRING>, most INTEGER}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: ends LIST<STRING>, opened LIST<STRING>, identifiers LIST, edges LIST, pins LIST, nevers LIST, names LIST, stones LIST, epoch INTEGER
// browser: :param rows => {a: ["member|mumu|M100234"], b: ["cookie|*|c-1"], stones: [], most: 5001}
UNWIND [$rows.a, $rows.b] AS candidates
CALL (candidates) {
  UNWIND range(0, size(candidates) - 1) AS place
  OPTIONAL MATCH (form:Alias {key: candidates[place]})-[:OF]->(plain:Identifier)
  USING INDEX SEEK form:Alias(key)
  OPTIONAL MATCH (named:Identifier {key: candidates[place]})
  USING INDEX SEEK named:Identifier(key)
  WITH place, coalesce(plain, named) AS found WHERE found IS NOT NULL
  WITH found ORDER BY found.firstSeen IS NULL, place LIMIT 1
  RETURN collect(found) AS end
}
WITH collect(end) AS both
CALL (both) {
  UNWIND both AS end
  UNWIND end AS start
  CALL (start) {
    MATCH way = (start)-[:LINKED|PINNED|UNLINKED*0..]-(reached:Identifier)
    WHERE all(x IN nodes(way) WHERE x.firstSeen IS NOT NULL AND x.shared IS NULL AND x.blocked IS NULL AND x.expired IS NULL)
    RETURN DISTINCT reached LIMIT toInteger($rows.most)
  }
  RETURN collect(DISTINCT reached) AS opened
}
CALL (both, opened) {
  CALL (both, opened) {
    UNWIND opened AS i
    MATCH (i)-[l:LINKED|PINNED|UNLINKED|NEVER_LINKED]-(:Identifier)
    RETURN l
    UNION
    WITH head(both[0]) AS one, head(both[1]) AS other
    WHERE NOT one IN opened AND NOT other IN opened AND one <> other
      AND (COUNT { (one)-[:LINKED]-() } < 10000 OR COUNT { (other)-[:LINKED]-() } < 10000)
    MATCH (one)-[l:LINKED|PINNED|UNLINKED|NEVER_LINKED]-(other)
    RETURN l
  }
  RETURN collect(DISTINCT l) AS between
}
CALL (both, opened, between) {
  UNWIND [l IN between | startNode(l)] + [l IN between | endNode(l)] + opened + coalesce(both[0], []) + coalesce(both[1], []) AS i
  WITH DISTINCT i
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  RETURN collect([i.key, i.kind, i.scope, i.value, i.sealed,
      i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond, i.lastSeen.epochSeconds * 1000000 + i.lastSeen.microsecond,
      i.brands, [i.shared, i.expired, i.blocked, i.pending, i.contested], p.oneId]) AS identifiers,
    collect([i.key, coalesce(i.value, i.name), CASE WHEN i.shared OR i.blocked OR i.expired THEN COUNT { (i)-[:LINKED]-() } END]) AS names
}
RETURN [end IN both | head(end).key] AS ends, [i IN opened | i.key] AS opened, identifiers, names,
  [l IN between WHERE type(l) = 'LINKED' | [startNode(l).key, endNode(l).key,
    l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
    l.newest.epochSeconds * 1000000 + l.newest.microsecond,
    l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.reason]] AS edges,
  [l IN between WHERE type(l) IN ['PINNED', 'UNLINKED'] | [type(l), startNode(l).key, endNode(l).key,
    l.at.epochSeconds * 1000000 + l.at.microsecond, l.run, l.operation, l.by, l.reason,
    l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
    l.newest.epochSeconds * 1000000 + l.newest.microsecond,
    l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.suppressed]] AS pins,
  [l IN between WHERE type(l) = 'NEVER_LINKED' | [startNode(l).key, endNode(l).key,
    l.at.epochSeconds * 1000000 + l.at.microsecond, l.run, l.operation, l.by, l.reason]] AS nevers,
  COLLECT { UNWIND $rows.stones AS key MATCH (t:Tombstone {key: key}) USING INDEX SEEK t:Tombstone(key)
    RETURN [t.key, t.erasedAt.epochSeconds * 1000000 + t.erasedAt.microsecond, t.restoredAt.epochSeconds * 1000000 + t.restoredAt.microsecond] } AS stones,
  head(COLLECT { MATCH (state:IdentityState {name: 'identity'}) RETURN state.epoch }) AS epoch

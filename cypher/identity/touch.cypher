// What a unit of work must know of the identifiers it touches, of their people, and of the pairs among them.
// `stronger` says, for each kind that can be shared, which kinds count: those ties are returned as edges, too.
// Identifier: [key, kind, scope, value, sealed, first, last, brands, [shared, expired, blocked, pending, contested], one_id]
// Edge: [key, key, first, last, newest, verified, sources, brands, method, confidence, state, reason]; times in microseconds.
// rows: {keys LIST<STRING>, pairs LIST<LIST<STRING>>, stones LIST<STRING>, stronger MAP}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: identifiers LIST, people LIST, edges LIST, pins LIST, nevers LIST, neighbours LIST, tombstones LIST
// browser: :param rows => {keys: [], pairs: [], stones: [], stronger: {}}
CALL () {
  UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  RETURN collect([i.key, i.kind, i.scope, i.value, i.sealed,
      i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond, i.lastSeen.epochSeconds * 1000000 + i.lastSeen.microsecond,
      i.brands, [i.shared, i.expired, i.blocked, i.pending, i.contested], p.oneId]) AS identifiers,
    collect(CASE WHEN $rows.stronger[i.kind] IS NOT NULL AND i.firstSeen IS NOT NULL AND i.shared IS NULL THEN i END) AS sharable,
    collect(DISTINCT p) AS persons
}
CALL (persons) {
  UNWIND persons AS p
  OPTIONAL MATCH (p)-[:OWNED_BY]->(o:Identifier)
  RETURN collect([p.oneId, p.born, o.key,
      [o.key, o.kind, o.scope, o.value, o.sealed,
        o.firstSeen.epochSeconds * 1000000 + o.firstSeen.microsecond, o.lastSeen.epochSeconds * 1000000 + o.lastSeen.microsecond,
        o.brands, [o.shared, o.expired, o.blocked, o.pending, o.contested], null],
      COLLECT { MATCH (p)<-[:IDENTIFIES]-(m:Identifier) RETURN m.key },
      EXISTS { MATCH (p)<-[:IDENTIFIES]-(m:Identifier) WHERE m.contested OR m.pending },
      COLLECT { MATCH (p)<-[:IDENTIFIES]-(:Identifier)-[n:NEVER_LINKED]-(:Identifier) RETURN DISTINCT [startNode(n).key, endNode(n).key, n.at.epochSeconds * 1000000 + n.at.microsecond, n.run, n.operation, n.by, n.reason] }
    ]) AS people
}
CALL () {
  UNWIND $rows.keys AS key
  MATCH (held:Identifier {key: key})-[n:NEVER_LINKED]-(:Identifier) USING INDEX SEEK held:Identifier(key)
  RETURN collect(DISTINCT [startNode(n).key, endNode(n).key, n.at.epochSeconds * 1000000 + n.at.microsecond, n.run, n.operation, n.by, n.reason]) AS nevers
}
CALL () {
  UNWIND $rows.pairs AS pair
  MATCH (a:Identifier {key: pair[0]}) USING INDEX SEEK a:Identifier(key)
  MATCH (b:Identifier {key: pair[1]}) USING INDEX SEEK b:Identifier(key)
  MATCH (a)-[l:LINKED|UNLINKED|PINNED]-(b)
  RETURN collect(CASE type(l) WHEN 'LINKED' THEN [a.key, b.key,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.reason] END) AS among,
    collect(CASE WHEN type(l) <> 'LINKED' THEN [type(l), a.key, b.key, l.at.epochSeconds * 1000000 + l.at.microsecond, l.run, l.operation, l.by, l.reason,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.suppressed] END) AS pins
}
CALL (sharable) {
  UNWIND sharable AS i
  MATCH (i)-[l:LINKED|PINNED|UNLINKED]-(n:Identifier) WHERE n.kind IN $rows.stronger[i.kind]
  RETURN collect(CASE type(l) WHEN 'LINKED' THEN [i.key, n.key,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.reason] END) AS ties,
    collect(CASE WHEN type(l) <> 'LINKED' THEN [type(l), i.key, n.key, l.at.epochSeconds * 1000000 + l.at.microsecond, l.run, l.operation, l.by, l.reason,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.suppressed] END) AS tie_pins,
    collect(DISTINCT n) AS tied
}
CALL (tied) {
  UNWIND tied AS n
  RETURN collect([n.key, n.kind, n.scope, n.value, n.sealed,
      n.firstSeen.epochSeconds * 1000000 + n.firstSeen.microsecond, n.lastSeen.epochSeconds * 1000000 + n.lastSeen.microsecond,
      n.brands, [n.shared, n.expired, n.blocked, n.pending, n.contested], null]) AS neighbours
}
CALL () {
  UNWIND $rows.stones AS key
  MATCH (t:Tombstone {key: key}) USING INDEX SEEK t:Tombstone(key)
  RETURN collect([t.key, t.erasedAt.epochSeconds * 1000000 + t.erasedAt.microsecond, t.group,
    t.restoredAt.epochSeconds * 1000000 + t.restoredAt.microsecond, t.lifted]) AS tombstones
}
RETURN identifiers, people, among + ties AS edges, pins + tie_pins AS pins, nevers, neighbours, tombstones

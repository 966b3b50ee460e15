// Everything that deciding about these people and identifiers takes: their identifiers with all evidence and pins, what is
// at the other end, and every line of the register that they own. Evidence of a shared identifier is left out (there may be
// a million of it, and it influences nothing) unless the identifier is named in `wide`.
// Rows have the shapes of touch.cypher.
// rows: {people LIST<STRING>, keys LIST<STRING>, wide LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: identifiers LIST, edges LIST, pins LIST, nevers LIST, neighbours LIST, people LIST
// browser: :param rows => {people: [], keys: [], wide: []}
CALL () {
  UNWIND $rows.people AS one_id
  MATCH (named:Person {oneId: one_id})<-[:IDENTIFIES]-(i:Identifier) USING INDEX SEEK named:Person(oneId)
  RETURN i
  UNION
  UNWIND $rows.keys + $rows.wide AS key
  MATCH (i:Identifier {key: key}) USING INDEX SEEK i:Identifier(key)
  RETURN i
}
WITH collect(i) AS opened
CALL (opened) {
  UNWIND opened AS i
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  RETURN collect([i.key, i.kind, i.scope, i.value, i.sealed,
      i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond, i.lastSeen.epochSeconds * 1000000 + i.lastSeen.microsecond,
      i.brands, [i.shared, i.expired, i.blocked, i.pending, i.contested], p.oneId]) AS identifiers
}
CALL (opened) {
  UNWIND opened AS i
  WITH i WHERE i.shared IS NULL OR i.key IN $rows.wide
  MATCH (i)-[l:LINKED|PINNED|UNLINKED]-(n:Identifier)
  RETURN collect(CASE type(l) WHEN 'LINKED' THEN [i.key, n.key,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.reason] END) AS edges,
    collect(CASE WHEN type(l) <> 'LINKED' THEN [type(l), i.key, n.key, l.at.epochSeconds * 1000000 + l.at.microsecond, l.run, l.operation, l.by, l.reason,
      l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
      l.newest.epochSeconds * 1000000 + l.newest.microsecond,
      l.verified, l.sources, l.brands, l.method, l.confidence, l.state, l.suppressed] END) AS pins,
    collect(DISTINCT n) AS around
}
CALL (opened) {
  UNWIND opened AS i
  MATCH (i)-[n:NEVER_LINKED]-(:Identifier)
  RETURN collect(DISTINCT [startNode(n).key, endNode(n).key, n.at.epochSeconds * 1000000 + n.at.microsecond, n.run, n.operation, n.by, n.reason]) AS nevers
}
CALL (around) {
  UNWIND around AS n
  OPTIONAL MATCH (n)-[:IDENTIFIES]->(p:Person)
  RETURN collect([n.key, n.kind, n.scope, n.value, n.sealed,
      n.firstSeen.epochSeconds * 1000000 + n.firstSeen.microsecond, n.lastSeen.epochSeconds * 1000000 + n.lastSeen.microsecond,
      n.brands, [n.shared, n.expired, n.blocked, n.pending, n.contested], p.oneId]) AS neighbours
}
CALL (opened) {
  UNWIND opened AS i
  CALL (i) {
    MATCH (i)-[:IDENTIFIES]->(p:Person) RETURN p
    UNION
    MATCH (i)<-[:OWNED_BY]-(p:Person) RETURN p
  }
  WITH DISTINCT p
  OPTIONAL MATCH (p)-[:OWNED_BY]->(o:Identifier)
  OPTIONAL MATCH (p)-[m:MERGED_INTO]->(q:Person)
  RETURN collect([p.oneId, p.born, p.status, o.key, q.oneId, m.at.epochSeconds * 1000000 + m.at.microsecond]) AS people
}
RETURN identifiers, edges, pins, nevers, neighbours, people

// A page of the identifiers that were seen, by key, for a full recompute; times in microseconds. A row: key, kind, scope, value,
// sealed, first, last, [shared, expired, blocked, contested, pending], the OneIDs that it identifies, from when on its facts count.
// mode: read
// params: after STRING, size INTEGER
// returns: last STRING, rows LIST<LIST>
// browser: :param {after: "", size: 10}
MATCH (i:Identifier)
USING INDEX SEEK i:Identifier(key)
WHERE i.key > $after
WITH i ORDER BY i.key LIMIT $size
RETURN max(i.key) AS last, collect(CASE WHEN i.firstSeen IS NOT NULL THEN [i.key, i.kind, i.scope, i.value, i.sealed,
  i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond, i.lastSeen.epochSeconds * 1000000 + i.lastSeen.microsecond,
  [i.shared, i.expired, i.blocked, i.contested, i.pending], [(i)-[:IDENTIFIES]->(p:Person) | p.oneId],
  i.factsFrom.epochSeconds * 1000000 + i.factsFrom.microsecond] END) AS rows

// What a page of identifiers, by key, was seen together with, each pair from one of its ends, for a full recompute; times in
// microseconds. A row: key, and of each other end: key, first, last, verified, method, confidence, state, reason.
// mode: read
// params: after STRING, size INTEGER
// returns: last STRING, rows LIST<LIST>
// browser: :param {after: "", size: 10}
MATCH (i:Identifier)
USING INDEX SEEK i:Identifier(key)
WHERE i.key > $after
WITH i ORDER BY i.key LIMIT $size
RETURN max(i.key) AS last, collect([i.key, [(i)-[l:LINKED]->(other:Identifier) | [other.key,
  l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond, l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond,
  l.verified, l.method, l.confidence, l.state, l.reason]]]) AS rows

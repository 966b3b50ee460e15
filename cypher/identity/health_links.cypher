// What a page of identifiers, by key, was seen together with, each pair from one of its ends: the other end, the state, its
// reason and who reported it. In one list, since a record each costs the driver ten times as much as its row.
// mode: read
// params: after STRING, size INTEGER
// returns: last STRING, rows LIST<LIST>
// browser: :param {after: "", size: 10}
MATCH (i:Identifier)
USING INDEX SEEK i:Identifier(key)
WHERE i.key > $after
WITH i ORDER BY i.key LIMIT $size
RETURN max(i.key) AS last, collect([i.key, [(i)-[l:LINKED]->(other:Identifier) | [other.key, l.state, l.reason, l.sources]]]) AS rows

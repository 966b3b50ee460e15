// Identifiers in clusters that were too large to decide when they were written.
// mode: read
// params: limit INTEGER
// returns: key STRING
// browser: :param limit => 10
MATCH (i:Identifier)
WHERE i.pending = true
RETURN i.key AS key LIMIT $limit

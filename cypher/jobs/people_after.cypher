// The people after a OneID, in the order of OneIDs; also those that were merged, of whom nothing is left to derive.
// mode: read
// params: after STRING, limit INTEGER
// returns: one_id STRING
// browser: :param {after: "", limit: 300}
MATCH (p:Person)
WHERE p.oneId > $after
RETURN p.oneId AS one_id ORDER BY p.oneId LIMIT $limit

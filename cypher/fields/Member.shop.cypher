// The shop that issued it.
// this: Member
// it: Shop
MATCH (this)-[:ISSUED_BY]->(it:Shop)
RETURN it ORDER BY it.key LIMIT 1

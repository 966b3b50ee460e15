// The shop that issued it.
// this: Card
// it: Shop
MATCH (this)-[:ISSUED_BY]->(it:Shop)
RETURN it ORDER BY it.key LIMIT 1

// The shop that it was placed at.
// this: Order
// it: Shop
MATCH (this)-[:PLACED_AT]->(it:Shop)
RETURN it ORDER BY it.key LIMIT 1

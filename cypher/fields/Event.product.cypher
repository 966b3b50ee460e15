// The product that it was about.
// this: Event
// it: Product
MATCH (this)-[:ABOUT]->(it:Product)
RETURN it ORDER BY it.key LIMIT 1

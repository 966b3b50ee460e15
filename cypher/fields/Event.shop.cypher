// The shop or app where it happened.
// this: Event
// it: Shop
MATCH (this)-[:ABOUT]->(it:Shop)
RETURN it ORDER BY it.key LIMIT 1

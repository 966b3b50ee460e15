// The brand that the shop belongs to.
// this: Shop
// it: Brand
MATCH (this)-[:OF_BRAND]->(it:Brand)
RETURN it ORDER BY it.key LIMIT 1

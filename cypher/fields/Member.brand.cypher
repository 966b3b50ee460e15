// The brand that issued it, itself or through a shop.
// this: Member
// it: Brand
MATCH (this)-[:ISSUED_BY]->()-[:OF_BRAND*0..1]->(it:Brand)
RETURN it ORDER BY it.key LIMIT 1

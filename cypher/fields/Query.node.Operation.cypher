// The Operation of a global id, about an identifier that the caller may see.
// it: Operation
// params: key STRING, brands LIST<STRING>
// locals: some, brand
MATCH (it:Operation {id: $key})
USING INDEX SEEK it:Operation(id)
WHERE $brands IS NULL OR EXISTS { (it)-[:ABOUT]->(some:Identifier) WHERE any(brand IN some.brands WHERE brand IN $brands) }
RETURN it

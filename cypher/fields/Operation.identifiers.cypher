// The identifiers that an operation is about, of those that are still in the graph, and that the caller may see.
// this: Operation
// it: Identifier
// params: brands LIST<STRING>
// locals: brand
MATCH (this)-[:ABOUT]->(it:Identifier)
WHERE it.firstSeen IS NOT NULL AND ($brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands))
WITH DISTINCT it
RETURN it ORDER BY it.kind, it.key

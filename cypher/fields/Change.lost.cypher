// The identifiers that the person lost, of those that are still in the graph.
// this: Change
// it: Identifier
// params: brands LIST<STRING>
// locals: held, brand
UNWIND this.lost AS held
MATCH (it:Identifier {key: held})
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it ORDER BY it.kind, it.key

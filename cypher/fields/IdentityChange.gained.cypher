// The identifiers that the person gained, of those that are still in the graph.
// this: IdentityChange
// it: Identifier
// params: brands LIST<STRING>
// locals: held, brand
UNWIND this.gained AS held
MATCH (it:Identifier {key: held})
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it ORDER BY it.kind, it.key

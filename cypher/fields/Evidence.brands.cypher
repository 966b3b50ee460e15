// The brands that reported it, of those that the caller may see.
// this: Evidence
// params: brands LIST<STRING>
// locals: brand
RETURN [brand IN coalesce(this.brands, []) WHERE $brands IS NULL OR brand IN $brands]

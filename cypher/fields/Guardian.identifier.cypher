// The identifier that it hangs on, if the caller's brands know it.
// this: Guardian
// it: Identifier
// params: brands LIST<STRING>
// locals: brand
WITH this.held AS it
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it

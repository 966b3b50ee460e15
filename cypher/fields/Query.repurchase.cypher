// How long people take to buy again, of a category or all, of a brand, or of the group for callers of all brands.
// it: RepurchaseFigures
// params: category STRING, brand STRING, brands LIST<STRING>
MATCH (it:RepurchaseCycle {key: coalesce($brand, '*') + '|' + coalesce($category, '*')})
USING INDEX SEEK it:RepurchaseCycle(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

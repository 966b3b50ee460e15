// What scores mean: of a brand, or of the group for callers of all brands.
// it: RfmBase
// params: brand STRING, brands LIST<STRING>
MATCH (it:RfmBase {key: coalesce($brand, '*')})
USING INDEX SEEK it:RfmBase(key)
WHERE $brands IS NULL OR it.key IN $brands
RETURN it

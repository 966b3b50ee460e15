// The BrandProfile of a global id.
// it: BrandProfile
// params: key STRING, brands LIST<STRING>
MATCH (it:BrandProfile {key: $key})
USING INDEX SEEK it:BrandProfile(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

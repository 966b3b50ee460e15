// The Dependent of a global id.
// it: Dependent
// params: key STRING, brands LIST<STRING>
MATCH (it:Dependent {key: $key})
USING INDEX SEEK it:Dependent(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

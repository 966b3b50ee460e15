// The Brand of a global id.
// it: Brand
// params: key STRING, brands LIST<STRING>
MATCH (it:Brand {key: $key})
USING INDEX SEEK it:Brand(key)
WHERE $brands IS NULL OR it.key IN $brands
RETURN it

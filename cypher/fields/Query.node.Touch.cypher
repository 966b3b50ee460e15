// The Touch of a global id.
// it: Touch
// params: key STRING, brands LIST<STRING>
MATCH (it:Touch {key: $key})
USING INDEX SEEK it:Touch(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

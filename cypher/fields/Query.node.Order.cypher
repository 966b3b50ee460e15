// The Order of a global id.
// it: Order
// params: key STRING, brands LIST<STRING>
MATCH (it:Order {key: $key})
USING INDEX SEEK it:Order(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

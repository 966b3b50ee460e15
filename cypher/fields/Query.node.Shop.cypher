// The Shop of a global id.
// it: Shop
// params: key STRING
MATCH (it:Shop {key: $key})
USING INDEX SEEK it:Shop(key)
RETURN it

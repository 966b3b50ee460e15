// The Shop of a global id.
// it: Shop
// params: key STRING
MATCH (it:Shop {key: $key})
RETURN it

// The Product of a global id.
// it: Product
// params: key STRING
MATCH (it:Product {key: $key})
USING INDEX SEEK it:Product(key)
RETURN it

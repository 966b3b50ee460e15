// The product of a key.
// it: Product
// params: key STRING
MATCH (it:Product {key: $key})
USING INDEX SEEK it:Product(key)
RETURN it

// The Brand of a global id.
// it: Brand
// params: key STRING
MATCH (it:Brand {key: $key})
RETURN it

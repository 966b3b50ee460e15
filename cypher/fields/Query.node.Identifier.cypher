// The Identifier of a global id.
// it: Identifier
// params: key STRING
MATCH (it:Identifier {key: $key})
RETURN it

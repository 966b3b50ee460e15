// The Change of a global id.
// it: Change
// params: key STRING
MATCH (it:Change {id: $key})
RETURN it

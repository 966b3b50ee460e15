// The Person of a global id, itself: a merged person is not replaced by its survivor here.
// it: Person
// params: key STRING
MATCH (it:Person {oneId: $key})
RETURN it

// The Card of a global id.
// it: Card
// params: key STRING
MATCH (it:Identifier&Card {key: $key})
RETURN it

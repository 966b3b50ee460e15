// The Member of a global id.
// it: Member
// params: key STRING
MATCH (it:Identifier&Member {key: $key})
RETURN it

// One of the two identifiers that were asked about.
// it: Identifier
// params: b STRING
MATCH (it:Identifier {key: $b})
RETURN it

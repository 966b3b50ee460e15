// One of the two identifiers that were asked about.
// it: Identifier
// params: b STRING
MATCH (it:Identifier {key: $b})
USING INDEX SEEK it:Identifier(key)
RETURN it

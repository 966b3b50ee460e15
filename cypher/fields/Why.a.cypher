// One of the two identifiers that were asked about.
// it: Identifier
// params: a STRING
MATCH (it:Identifier {key: $a})
USING INDEX SEEK it:Identifier(key)
RETURN it

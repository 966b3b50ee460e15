// One of the two identifiers that were asked about.
// it: Identifier
// params: a STRING
MATCH (it:Identifier {key: $a})
RETURN it

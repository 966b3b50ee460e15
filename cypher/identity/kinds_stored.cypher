// The kinds that have identifiers.
// mode: read
// returns: kind STRING
// scan: admitted, a policy is applied rarely and every kind must be known
MATCH (i:Identifier)
RETURN DISTINCT i.kind AS kind ORDER BY kind

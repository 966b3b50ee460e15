// A row when anything that identifies people is in the graph.
// mode: read
// returns: key STRING
// scan: admitted, it stops at the first
MATCH (i:Identifier)
RETURN i.key AS key LIMIT 1

// Every saved segment as it is defined, also deleted ones that people are still in.
// mode: read
// returns: segments LIST<MAP>
RETURN COLLECT { MATCH (s:Segment) WHERE s.key > '' RETURN s {.*} ORDER BY s.key } AS segments

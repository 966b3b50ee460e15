// A saved segment by its key.
// it: Segment
// params: key STRING
MATCH (it:Segment {key: $key})
USING INDEX SEEK it:Segment(key)
WHERE it.rule IS NOT NULL
RETURN it

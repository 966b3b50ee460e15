// The segment that a definition is of, or that was refreshed; none when it was refused or deleted.
// it: Segment
// params: key STRING
MATCH (it:Segment {key: $key})
USING INDEX SEEK it:Segment(key)
WHERE it.rule IS NOT NULL
RETURN it

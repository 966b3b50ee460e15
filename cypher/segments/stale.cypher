// Notes that who the first n are may have changed, for the next run of refresh-segments.
// rows: {segments LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {segments: ["mums"]}
UNWIND $rows.segments AS key
MATCH (s:Segment {key: key})
USING INDEX SEEK s:Segment(key)
SET s.stale = datetime.transaction()

// A saved segment with every version of its definition and its sizes, the newest first.
// mode: read
// params: key STRING
// returns: segment MAP, versions LIST<MAP>, sizes LIST<MAP>
// browser: :param key => "mums"
MATCH (s:Segment {key: $key})
USING INDEX SEEK s:Segment(key)
WHERE s.rule IS NOT NULL
RETURN s {.*} AS segment,
  COLLECT { MATCH (s)<-[:VERSION_OF]-(v:SegmentVersion) RETURN v {.version, at: toString(v.at), .by, .reason, .definition} ORDER BY v.version DESC }
    AS versions,
  COLLECT { MATCH (s)<-[:SIZE_OF]-(h:SegmentSize) RETURN h {at: toString(h.at), .size, .entered, .exited} ORDER BY h.at DESC LIMIT 100 } AS sizes

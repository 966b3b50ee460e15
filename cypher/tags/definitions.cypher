// Every tag as it is defined, also retired ones and those that only a source named; and the rules of saved segments, which
// rules of tags may use.
// mode: read
// returns: tags LIST<MAP>, segments LIST<LIST<STRING>>
RETURN COLLECT { MATCH (t:Tag) WHERE t.key > '' RETURN t {.*} ORDER BY t.key } AS tags,
  COLLECT { MATCH (s:Segment) WHERE s.key > '' AND s.rule IS NOT NULL RETURN [s.key, s.rule] ORDER BY s.key } AS segments

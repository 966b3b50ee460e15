// Writes a definition and keeps it as a version; of a deleted segment the versions stay. Where who is in it may be others now, it is
// pending, with the segments and tags whose rules use it: the jobs refresh-segments and refresh-tags take people through them.
// rows: {segment MAP, definition STRING, retired BOOLEAN, pending BOOLEAN, tags LIST<STRING>, segments LIST<STRING>}: one map, because
// Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP, at DATETIME, by STRING, reason STRING
// returns: nothing
// browser: :param {at: datetime(), by: "me", reason: "why", rows: {segment: {key: "mums", version: 1, name: "Mums"}, definition: "{}", retired: false, pending: false, tags: [], segments: []}}
MERGE (s:Segment {key: $rows.segment.key})
SET s.name = $rows.segment.name, s.rule = $rows.segment.rule, s.status = $rows.segment.status, s.schedule = $rows.segment.schedule,
    s.owner = $rows.segment.owner, s.share = $rows.segment.share, s.limit = $rows.segment.limit, s.version = $rows.segment.version,
    s.retired = CASE WHEN $rows.retired THEN true END,
    s.stale = CASE WHEN s.ranking IS NULL THEN s.stale ELSE $at END, s.ranking = null
FOREACH (_ IN CASE WHEN $rows.pending THEN [1] ELSE [] END | SET s.pending = s.version REMOVE s.cursor)
CREATE (:SegmentVersion {key: s.key + '|' + toString(s.version), name: s.key + ' ' + toString(s.version), version: s.version, at: $at,
  by: $by, reason: $reason, definition: $rows.definition})-[:VERSION_OF]->(s)
WITH s
CALL () { UNWIND $rows.segments AS key
  MATCH (o:Segment {key: key}) USING INDEX SEEK o:Segment(key)
  SET o.pending = o.version REMOVE o.cursor }
CALL () { UNWIND $rows.tags AS key
  MATCH (t:Tag {key: key}) USING INDEX SEEK t:Tag(key)
  SET t.pending = t.version REMOVE t.cursor }

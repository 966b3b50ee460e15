// Notes the size of a saved segment, with who came and went since it was noted last; after everybody was looked at also for which
// moment. No row when it was defined anew meanwhile. The lock comes first: sizes are written one after the other.
// rows: {segment STRING, version INTEGER, whole BOOLEAN, done BOOLEAN, ranking STRING, edge STRING}: one map, because Neo4j plans a
// statement anew for every size class of a list parameter; `done`: nobody is left to be taken through the definition; `edge`: the last
// of the first n. What made it stale before the ranking began has been looked at.
// mode: write
// params: rows MAP, at DATETIME
// returns: size INTEGER, entered INTEGER, exited INTEGER
// browser: :param {at: datetime(), rows: {segment: "mums", version: 1, whole: true, done: true, ranking: null, edge: null}}
MATCH (s:Segment {key: $rows.segment})
USING INDEX SEEK s:Segment(key)
SET s.lock = true
WITH s WHERE coalesce(s.version, 0) = $rows.version AND ($rows.ranking IS NULL OR s.ranking = datetime($rows.ranking))
WITH s, COUNT { (s)<-[:IN_SEGMENT]-() } AS size, coalesce(s.entered, 0) AS entered, coalesce(s.exited, 0) AS exited,
  s.key + '|' + toString($at.epochSeconds * 1000000 + $at.microsecond) AS key
SET s.size = size, s.entered = 0, s.exited = 0, s.notedAt = $at,
    s.refreshedAt = CASE WHEN $rows.whole THEN $at ELSE s.refreshedAt END,
    s.pending = CASE WHEN NOT $rows.done THEN s.pending END
FOREACH (_ IN CASE WHEN $rows.whole THEN [1] ELSE [] END |
  SET s.edge = $rows.edge, s.ranking = null, s.stale = CASE WHEN s.stale > datetime($rows.ranking) THEN s.stale END)
WITH s, size, entered, exited, key
OPTIONAL MATCH (same:SegmentSize {key: key})
FOREACH (_ IN CASE WHEN same IS NULL THEN [1] ELSE [] END |
  CREATE (:SegmentSize {key: key, name: toString(size), at: $at, size: size, entered: entered, exited: exited})-[:SIZE_OF]->(s))
FOREACH (_ IN CASE WHEN same IS NULL THEN [] ELSE [1] END |
  SET same.name = toString(size), same.size = size, same.entered = same.entered + entered, same.exited = same.exited + exited)
RETURN size, entered, exited

// Brings forward the next day on which people are looked at, where a segment has an earlier one than is stored; and how far people
// have been asked for such days (null: all of them, and the definition is followed), unless it was defined anew meanwhile.
// rows: {segment STRING, version INTEGER, people LIST<MAP>, cursor STRING}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter; each of the people is {one_id STRING, due DATE}.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {segment: "mums", version: 1, people: [], cursor: null}
CALL () { UNWIND $rows.people AS row
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  SET p.lock = true
  WITH p, row WHERE p.nextDue IS NULL OR p.nextDue > row.due
  SET p.nextDue = row.due }
MATCH (s:Segment {key: $rows.segment})
USING INDEX SEEK s:Segment(key)
SET s.lock = true
WITH s WHERE coalesce(s.version, 0) = $rows.version
SET s.cursor = $rows.cursor, s.pending = CASE WHEN $rows.cursor IS NOT NULL THEN s.pending END

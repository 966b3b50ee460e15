// Writes who enters and who leaves saved segments, of people that are locked already; a segment is a hub, so nothing is merged. Sizes
// come last: who writes them waits for others who do.
// rows: {enter LIST<MAP>, exit LIST<MAP>, sizes LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list
// parameter; who enters or exits is {one_id STRING, segment STRING}, a size {segment STRING, entered INTEGER, exited INTEGER}.
// mode: write
// params: rows MAP, at DATETIME
// returns: nothing
// browser: :param {at: datetime(), rows: {enter: [], exit: [], sizes: []}}
CALL () { UNWIND $rows.enter AS row
  MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
  MATCH (s:Segment {key: row.segment}) USING INDEX SEEK s:Segment(key)
  CREATE (p)-[:IN_SEGMENT {since: $at, segment: row.segment, member: row.one_id}]->(s) }
CALL () { UNWIND $rows.exit AS row
  MATCH (p:Person {oneId: row.one_id})-[r:IN_SEGMENT]->(s) USING INDEX SEEK p:Person(oneId)
  WHERE s.key = row.segment
  DELETE r }
CALL () { UNWIND $rows.sizes AS row
  MATCH (s:Segment {key: row.segment}) USING INDEX SEEK s:Segment(key)
  SET s.size = coalesce(s.size, 0) + row.entered - row.exited, s.entered = coalesce(s.entered, 0) + row.entered,
      s.exited = coalesce(s.exited, 0) + row.exited }

// Of people who are to enter or to leave a saved segment, those who still are: the ones who are not there yet, are active, and were
// not looked at by themselves since `read`; none when the segment was defined anew meanwhile, or another has begun to rank. They are
// locked, in the order given.
// rows: {segment STRING, version INTEGER, read DATETIME, ranking STRING, people LIST<MAP>}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter; each of the people is {one_id STRING, enter BOOLEAN}.
// mode: write
// params: rows MAP
// returns: one_id STRING, enter BOOLEAN, status STRING
// browser: :param rows => {segment: "mums", version: 1, read: datetime(), ranking: null, people: []}
MATCH (s:Segment {key: $rows.segment})
USING INDEX SEEK s:Segment(key)
WHERE coalesce(s.version, 0) = $rows.version AND ($rows.ranking IS NULL OR s.ranking = datetime($rows.ranking))
UNWIND $rows.people AS row
MATCH (p:Person {oneId: row.one_id})
USING INDEX SEEK p:Person(oneId)
SET p.lock = true
WITH p, row, EXISTS { MATCH (p)-[:IN_SEGMENT]->(held:Segment) WHERE held.key = $rows.segment } AS inside
WHERE inside <> row.enter AND (p.status = 'ACTIVE' OR NOT row.enter)
  AND ($rows.read IS NULL OR p.segmentsAt IS NULL OR p.segmentsAt < $rows.read)
RETURN p.oneId AS one_id, row.enter AS enter, p.status AS status

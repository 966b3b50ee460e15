// Which saved segments some people are in. They are locked first, in the order given, and it is noted when: what was found about
// them before then, over everybody, does not count any more.
// rows: {people LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING, status STRING, segments LIST<STRING>
// browser: :param rows => {people: []}
UNWIND $rows.people AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
SET p.segmentsAt = datetime.statement()
WITH p
RETURN p.oneId AS one_id, p.status AS status, COLLECT { MATCH (p)-[:IN_SEGMENT]->(s:Segment) RETURN s.key } AS segments

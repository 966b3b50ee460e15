// Which saved segments some people are in. They are locked first, in the order given, and it is noted when: what was found about
// them before then, over everybody, does not count any more.
// rows: {people LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// people: [OneID, status, keys of segments] of each, in one row: a row more costs the driver as much as the database.
// mode: write
// params: rows MAP
// returns: people LIST<LIST>
// browser: :param rows => {people: []}
UNWIND $rows.people AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
SET p.segmentsAt = datetime.statement()
WITH p
RETURN collect([p.oneId, p.status, [(p)-[:IN_SEGMENT]->(s:Segment) | s.key]]) AS people

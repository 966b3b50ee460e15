// Marks people as to be derived anew.
// rows: {people LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {people: []}
UNWIND $rows.people AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
SET p.dirtyAt = datetime()

// Locks more people, in the order of their ids: those that the first look at a cluster led to.
// rows: {people LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: locked INTEGER
// browser: :param rows => {people: []}
UNWIND $rows.people AS one_id
WITH one_id ORDER BY one_id
MATCH (p:Person {oneId: one_id}) USING INDEX SEEK p:Person(oneId)
SET p.lock = true
RETURN count(p) AS locked

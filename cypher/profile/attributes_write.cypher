// Writes the resolved attributes that are different now: `said` is [property, value] each, null where there is none any more.
// rows: {people LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {people: []}
UNWIND $rows.people AS row
MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
UNWIND row.said AS said
WITH p, said[0] AS field, said[1] AS value
SET p[field] = value

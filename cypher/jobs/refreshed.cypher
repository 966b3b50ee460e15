// Writes the next due day of people who have been derived, and takes the mark off, where it is still the one that they were
// found by: who was touched meanwhile stays dirty. The lock comes first, so that the mark is looked at after whoever has it.
// Instants are compared, since equal ones in two spellings of a zone are not equal.
// rows: {people LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING
// browser: :param rows => {people: []}
UNWIND $rows.people AS row
MATCH (p:Person {oneId: row.one_id})
USING INDEX SEEK p:Person(oneId)
SET p.lock = true
WITH p, row, p.dirtyAt.epochSeconds = row.dirty.epochSeconds AND p.dirtyAt.nanosecond = row.dirty.nanosecond AS same
SET p.nextDue = row.due
WITH p, same WHERE same
REMOVE p.dirtyAt
RETURN p.oneId AS one_id

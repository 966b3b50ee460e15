// The people that a search found, in its order, each with its place; of one that was merged meanwhile the survivor.
// it: Person
// params: oneIds LIST<STRING>, places LIST<LIST>, first INTEGER, after LIST
// locals: rank, known, survivor
// cursor: $places[rank][0], $places[rank][1], $places[rank][2], $places[rank][3]
UNWIND range(0, size($oneIds) - 1) AS rank
WITH rank WHERE $after IS NULL OR $places[rank] <> $after
MATCH (known:Person {oneId: $oneIds[rank]})
USING INDEX SEEK known:Person(oneId)
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH rank, coalesce(survivor, known) AS it
RETURN it ORDER BY rank LIMIT $first + 1

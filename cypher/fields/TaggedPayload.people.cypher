// The people that an operation concerned, as they are now: of a merged one the survivor.
// it: Person
// params: oneIds LIST<STRING>
// locals: place, known, survivor
UNWIND range(0, size($oneIds) - 1) AS place
MATCH (known:Person {oneId: $oneIds[place]})
USING INDEX SEEK known:Person(oneId)
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH DISTINCT coalesce(survivor, known) AS it
RETURN it ORDER BY it.oneId

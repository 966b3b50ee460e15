// The living people that some observations are about, each once, in the order of their first observations.
// it: Person
// params: oneIds LIST<STRING>
// locals: place, known, survivor, first
UNWIND range(0, size($oneIds) - 1) AS place
MATCH (known:Person {oneId: $oneIds[place]})
USING INDEX SEEK known:Person(oneId)
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH coalesce(survivor, known) AS it, min(place) AS first
RETURN it ORDER BY first

// The living person that holds an identifier, under the first of its candidate keys (hashes, aliases) that is held.
// it: Person
// params: keys LIST<STRING>
// locals: rank, stored, meant, held
UNWIND range(0, size($keys) - 1) AS rank
OPTIONAL MATCH (stored:Identifier {key: $keys[rank]})
OPTIONAL MATCH (:Alias {key: $keys[rank]})-[:OF]->(meant:Identifier)
WITH rank, coalesce(stored, meant) AS held
MATCH (held)-[:IDENTIFIES]->(it:Person)
RETURN it ORDER BY rank LIMIT 1

// The living person that holds an identifier, under the first of its candidate keys (hashes, aliases) that is held.
// it: Person
// params: keys LIST<STRING>, brands LIST<STRING>
// locals: rank, stored, meant, held, brand
UNWIND range(0, size($keys) - 1) AS rank
OPTIONAL MATCH (stored:Identifier {key: $keys[rank]})
OPTIONAL MATCH (:Alias {key: $keys[rank]})-[:OF]->(meant:Identifier)
WITH rank, coalesce(stored, meant) AS held
MATCH (held)-[:IDENTIFIES]->(it:Person)
WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
RETURN it ORDER BY rank LIMIT 1

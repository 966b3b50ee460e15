// The living person that holds an identifier, under the first of its candidate keys (hashes, aliases) that is held.
// it: Person
// params: keys LIST<STRING>, brands LIST<STRING>
// locals: rank, stored, meant, held, brand, alias
UNWIND range(0, size($keys) - 1) AS rank
OPTIONAL MATCH (stored:Identifier {key: $keys[rank]})
USING INDEX SEEK stored:Identifier(key)
OPTIONAL MATCH (alias:Alias {key: $keys[rank]})-[:OF]->(meant:Identifier)
USING INDEX SEEK alias:Alias(key)
WITH rank, coalesce(stored, meant) AS held
MATCH (held)-[:IDENTIFIES]->(it:Person)
WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
RETURN it ORDER BY rank LIMIT 1

// The living person that holds an identifier of a kind without hashes: one key, and no alias to look for.
// it: Person
// params: key STRING, brands LIST<STRING>
// locals: held, brand
MATCH (held:Identifier {key: $key})-[:IDENTIFIES]->(it:Person)
USING INDEX SEEK held:Identifier(key)
WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
RETURN it

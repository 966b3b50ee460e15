// One person or null for each place of a list, in its order: by OneID (merged: the survivor) or by candidate keys.
// it: Person
// params: oneIds LIST<STRING>, keys LIST<LIST<STRING>>, brands LIST<STRING>
// locals: place, known, survivor, rank, stored, meant, held, holder, some, brand, alias
UNWIND range(0, size($oneIds) - 1) AS place
OPTIONAL MATCH (known:Person {oneId: $oneIds[place]})
USING INDEX SEEK known:Person(oneId)
WHERE $brands IS NULL OR EXISTS { (known)-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH place, coalesce(survivor, known, head(COLLECT {
  UNWIND range(0, size($keys[place]) - 1) AS rank
  OPTIONAL MATCH (stored:Identifier {key: $keys[place][rank]})
  USING INDEX SEEK stored:Identifier(key)
  OPTIONAL MATCH (alias:Alias {key: $keys[place][rank]})-[:OF]->(meant:Identifier)
  USING INDEX SEEK alias:Alias(key)
  WITH rank, coalesce(stored, meant) AS held
  MATCH (held)-[:IDENTIFIES]->(holder:Person)
  WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
  RETURN holder ORDER BY rank LIMIT 1
})) AS it
RETURN it ORDER BY place

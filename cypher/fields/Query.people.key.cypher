// One person or null for each place of a list, in its order: by OneID (merged: the survivor) or by one key, where
// no kind that was asked for has hashes.
// it: Person
// params: oneIds LIST<STRING>, keys LIST<STRING>, brands LIST<STRING>
// locals: place, known, survivor, held, holder, some, brand
UNWIND range(0, size($oneIds) - 1) AS place
OPTIONAL MATCH (known:Person {oneId: $oneIds[place]})
USING INDEX SEEK known:Person(oneId)
WHERE $brands IS NULL OR EXISTS { (known)-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
OPTIONAL MATCH (held:Identifier {key: $keys[place]})-[:IDENTIFIES]->(holder:Person)
USING INDEX SEEK held:Identifier(key)
WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
WITH place, coalesce(survivor, known, holder) AS it
RETURN it ORDER BY place

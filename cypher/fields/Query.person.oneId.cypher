// The living person of a OneID; one that was merged leads to the survivor, an erased one to itself.
// it: Person
// params: oneId STRING, brands LIST<STRING>
// locals: known, survivor, some, brand
MATCH (known:Person {oneId: $oneId})
USING INDEX SEEK known:Person(oneId)
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH coalesce(survivor, known) AS it
WHERE $brands IS NULL OR EXISTS { (it)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
RETURN it

// The Person of a global id, itself: a merged person is not replaced by its survivor here.
// it: Person
// params: key STRING, brands LIST<STRING>
// locals: some, brand
MATCH (it:Person {oneId: $key})
USING INDEX SEEK it:Person(oneId)
WHERE $brands IS NULL OR EXISTS { (it)-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
RETURN it

// The person that the change is about, as it is now (it may have been merged since).
// this: Change
// it: Person
// params: brands LIST<STRING>
// locals: some, brand
MATCH (it:Person {oneId: this.oneId})
USING INDEX SEEK it:Person(oneId)
WHERE $brands IS NULL OR EXISTS { (it)-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
RETURN it

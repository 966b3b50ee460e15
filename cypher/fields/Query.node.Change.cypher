// The Change of a global id.
// it: Change
// params: key STRING, brands LIST<STRING>
// locals: about, some, brand
MATCH (it:Change {id: $key})
USING INDEX SEEK it:Change(id)
WHERE $brands IS NULL OR (it.brand IN $brands OR it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
  MATCH (about:Person {oneId: it.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  USING INDEX SEEK about:Person(oneId)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
RETURN it

// The same dependent as other sources registered it on the same person, of those that the caller may see.
// this: Dependent
// it: Dependent
// params: brands LIST<STRING>
// locals: holder
MATCH (this)-[:SAME_AS*1..2]-(it:Dependent)
WHERE it <> this AND ($brands IS NULL OR it.brand IN $brands) AND EXISTS {
  MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (it)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) }
WITH DISTINCT it
RETURN it ORDER BY it.said, it.key

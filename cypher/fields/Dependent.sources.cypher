// Who registered it, under this key and as the same dependent under others.
// this: Dependent
// params: brands LIST<STRING>
// locals: one, holder, source
MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)
WHERE ($brands IS NULL OR one.brand IN $brands) AND (one = this OR EXISTS {
  MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
UNWIND one.sources AS source
WITH DISTINCT source
RETURN source ORDER BY source

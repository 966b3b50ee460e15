// A page of what happened with it (care, check-ins, questionnaires), the newest first, under this key or as the same dependent.
// this: Dependent
// it: Event
// params: first INTEGER, after LIST<STRING>, types LIST<STRING>, brands LIST<STRING>
// locals: one, holder
// cursor: toString(it.at), it.key
MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)
WHERE ($brands IS NULL OR one.brand IN $brands) AND (one = this OR EXISTS {
  MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
WITH DISTINCT one
MATCH (one)<-[:ABOUT]-(it:Event)
WHERE ($brands IS NULL OR it.brand IN $brands) AND ($types IS NULL OR it.type IN $types)
  AND ($after IS NULL OR it.at < datetime($after[0]) OR (it.at = datetime($after[0]) AND it.key > $after[1]))
RETURN it ORDER BY it.at DESC, it.key LIMIT $first + 1

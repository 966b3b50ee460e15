// What some dependents carry, as people.cypher says it of people, with the living people whose they are: not of who
// has the same one shown already. Locked in the order given, after their people.
// rows: {dependents LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: key STRING, kind STRING, said LIST<LIST>, people LIST<STRING>, due DATE, told LIST<STRING>, ruled LIST<LIST>, asserted LIST<MAP>
// browser: :param rows => {dependents: []}
UNWIND $rows.dependents AS key
MATCH (d:Dependent {key: key})
USING INDEX SEEK d:Dependent(key)
SET d.lock = true
WITH d
RETURN d.key AS key, d.kind AS kind, d.nextDue AS due,
  [name IN keys(d) WHERE name = 'birthday' OR name STARTS WITH 'a_' | [name, d[name]]] AS said,
  coalesce(d.tagsTold, []) AS told,
  COLLECT { MATCH (d)-[of:DEPENDENT_OF]->(i:Identifier)-[:IDENTIFIES]->(p:Person)
    WHERE p.status = 'ACTIVE' AND (i.factsFrom IS NULL OR of.last >= i.factsFrom)
      AND NOT EXISTS { (d)-[:SAME_AS]->(:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p) }
    RETURN DISTINCT p.oneId ORDER BY p.oneId } AS people,
  COLLECT { MATCH (d)-[r:TAGGED]->(t:Tag) RETURN [t.key, r.value] } AS ruled,
  COLLECT { MATCH (d)-[a:ASSERTED]->(t:Tag) RETURN a {.*, tag: t.key, at: d.key} } AS asserted

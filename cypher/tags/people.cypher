// What some people carry: tags that rules set, what was asserted through their identifiers, what the feed was told of that;
// and their dependents. They are locked first, in the order given, so that of two refreshes one comes after the other.
// rows: {people LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING, status STRING, told LIST<STRING>, ruled LIST<LIST>, asserted LIST<MAP>, dependents LIST<STRING>
// browser: :param rows => {people: []}
UNWIND $rows.people AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
SET p.lock = true
WITH p
RETURN p.oneId AS one_id, p.status AS status, coalesce(p.tagsTold, []) AS told,
  COLLECT { MATCH (p)-[r:TAGGED]->(t:Tag) RETURN [t.key, r.value] } AS ruled,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Identifier)-[a:ASSERTED]->(t:Tag) WHERE i.factsFrom IS NULL OR a.since >= i.factsFrom
    RETURN a {.*, tag: t.key, at: i.key} } AS asserted,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Identifier)<-[of:DEPENDENT_OF]-(d:Dependent)
    WHERE i.factsFrom IS NULL OR of.last >= i.factsFrom RETURN DISTINCT d.key } AS dependents

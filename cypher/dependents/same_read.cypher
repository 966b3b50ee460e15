// Locks people who have dependents, named by their OneIDs or by dependents, in the order of their OneIDs, and reads what decides
// which of their dependents are the same: `ones` are [key, kind, first said in microseconds since 1970, sources, sealed name,
// gender, values of the fields asked for, days as text], `same` and `apart` what is stored between two of them, `stale` what is
// stored between two that nobody holds together any more.
// rows: {one_ids LIST<STRING>, keys LIST<STRING>, fields LIST<STRING>}: one map, because Neo4j plans a statement anew for
// every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING, ones LIST, same LIST, apart LIST, stale LIST
// browser: :param rows => {one_ids: [], keys: [], fields: ["birthday"]}
CALL () {
  UNWIND $rows.one_ids AS one_id
  MATCH (p:Person {oneId: one_id}) USING INDEX SEEK p:Person(oneId)
  RETURN p
  UNION
  UNWIND $rows.keys AS key
  MATCH (d:Dependent {key: key})-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person) USING INDEX SEEK d:Dependent(key)
  RETURN p
}
WITH p WHERE EXISTS { (p)<-[:IDENTIFIES]-(:Identifier)<-[:DEPENDENT_OF]-(:Dependent) }
WITH p ORDER BY p.oneId
SET p.lock = true
WITH p
CALL (p) {
  MATCH (p)<-[:IDENTIFIES]-(held:Identifier)<-[of:DEPENDENT_OF]-(d:Dependent)
  WHERE held.factsFrom IS NULL OR of.last >= held.factsFrom
  RETURN collect(DISTINCT d) AS all
}
RETURN p.oneId AS one_id,
  [d IN all | [d.key, d.kind, d.said.epochSeconds * 1000000 + d.said.microsecond, d.sources, d.sealedName, d.gender,
    [field IN $rows.fields | CASE WHEN d[field] IS :: DATE THEN toString(d[field]) ELSE d[field] END]]] AS ones,
  COLLECT { UNWIND all AS d MATCH (d)-[:SAME_AS]->(e:Dependent) WHERE e IN all RETURN [d.key, e.key] } AS same,
  COLLECT { UNWIND all AS d MATCH (d)-[:SEPARATED]->(e:Dependent) WHERE e IN all RETURN [d.key, e.key] } AS apart,
  COLLECT { UNWIND all AS d MATCH (d)-[s:SAME_AS]-(e:Dependent)
    WHERE NOT EXISTS { MATCH (d)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(q:Person) MATCH (e)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(q) }
    RETURN [startNode(s).key, endNode(s).key] } AS stale

// The resolved names of some people, and (with `guardians`) of everybody who looks after a dependent of theirs; nobody without
// a name. Rows of `people` as in named.cypher.
// rows: {people LIST<STRING>, guardians BOOLEAN, brands LIST<STRING>}: one map, because Neo4j plans a statement anew for every
// size class of a list parameter.
// mode: read
// params: rows MAP
// returns: people LIST<LIST>
// browser: :param rows => {people: ['019a…'], guardians: false, brands: null}
UNWIND $rows.people AS one_id
MATCH (given:Person {oneId: one_id}) USING INDEX SEEK given:Person(oneId)
CALL (given) {
  RETURN given AS p
  UNION
  MATCH (given)<-[:IDENTIFIES]-(:Identifier)<-[:DEPENDENT_OF]-(:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person)
  WHERE $rows.guardians
  RETURN p
}
WITH DISTINCT p WHERE p.sealedName IS NOT NULL
RETURN collect([p.oneId, p.sealedName, CASE WHEN $rows.brands IS NOT NULL THEN COLLECT {
  MATCH (p)<-[:IDENTIFIES]-(i:Identifier)
  WHERE any(brand IN i.brands WHERE brand IN $rows.brands)
  UNWIND [CASE WHEN i:Member THEN i.sealedName END, [(i)<-[:OF]-(c:Correction {name: 'name'}) | c.sealed][0]] AS said
  WITH said WHERE said IS NOT NULL
  RETURN said
} END]) AS people

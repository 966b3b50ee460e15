// Locks stored identifiers and the people they belong to, for a unit of work that changes them.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: locked LIST<STRING>, epoch INTEGER
// browser: :param rows => {keys: []}
CALL () {
  UNWIND $rows.keys AS key
  WITH key ORDER BY key
  MATCH (i:Identifier {key: key}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  FOREACH (_ IN CASE WHEN p IS NULL THEN [1] ELSE [] END | SET i.lock = true)
  WITH DISTINCT p WHERE p IS NOT NULL
  WITH p ORDER BY p.oneId
  SET p.lock = true
  RETURN collect(p.oneId) AS locked
}
OPTIONAL MATCH (state:IdentityState {name: 'identity'})
RETURN locked, state.epoch AS epoch

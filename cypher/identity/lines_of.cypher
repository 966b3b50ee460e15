// The lines of the register that hold or own these identifiers, each with its owner and where a merged one leads.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: one_id STRING, born STRING, status STRING, owner STRING, into STRING, merged_at INTEGER
// browser: :param rows => {keys: []}
CALL () {
  UNWIND $rows.keys AS key
  MATCH (:Identifier {key: key})-[:IDENTIFIES]->(p:Person)
  RETURN p
  UNION
  UNWIND $rows.keys AS key
  MATCH (:Identifier {key: key})<-[:OWNED_BY]-(p:Person)
  RETURN p
}
WITH DISTINCT p
OPTIONAL MATCH (p)-[:OWNED_BY]->(o:Identifier)
OPTIONAL MATCH (p)-[m:MERGED_INTO]->(q:Person)
RETURN p.oneId AS one_id, p.born AS born, p.status AS status, o.key AS owner, q.oneId AS into,
  m.at.epochSeconds * 1000000 + m.at.microsecond AS merged_at

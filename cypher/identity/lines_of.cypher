// The lines of the register that hold or own these identifiers: OneID, born, status, key of the owner, where a merged one leads
// and since when, in microseconds. In one list, since a record each costs the driver ten times as much as its row.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: lines LIST<LIST>
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
RETURN collect([p.oneId, p.born, p.status, o.key, q.oneId, m.at.epochSeconds * 1000000 + m.at.microsecond]) AS lines

// Adds an operation at the end of the audit trail: what it is about, what it lifted and takes back, and whom each
// identifier that it moved belonged to before and after.
// rows: {operation MAP, about LIST<STRING>, lifted LIST<STRING>, undoes LIST<STRING>, moved LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {operation: {id: "o", seq: 1, name: "link"}, about: [], lifted: [], undoes: [], moved: []}
MATCH (trail:AuditTrail {name: 'operations'})
OPTIONAL MATCH (last:Operation {seq: trail.seq})
CREATE (o:Operation)
SET o = $rows.operation, trail.seq = $rows.operation.seq, trail.chain = $rows.operation.chain
FOREACH (_ IN CASE WHEN last IS NULL THEN [] ELSE [1] END | CREATE (o)-[:AFTER]->(last))
WITH o
CALL (o) { UNWIND $rows.about AS key
  MATCH (i:Identifier {key: key})
  CREATE (o)-[:ABOUT]->(i) }
CALL (o) { UNWIND $rows.lifted AS key
  MATCH (t:Tombstone {key: key})
  CREATE (o)-[:LIFTED]->(t) }
CALL (o) { UNWIND $rows.undoes AS id
  MATCH (before:Operation {id: id})
  CREATE (o)-[:UNDOES]->(before) }
CALL (o) { UNWIND $rows.moved AS row
  MATCH (i:Identifier {key: row.key})
  CREATE (o)-[:MOVED {before: row.before, after: row.after}]->(i) }

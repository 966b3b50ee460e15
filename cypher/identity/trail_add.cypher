// Adds to an operation that is done in several steps: identifiers that it is about, and whom they belonged to before and after.
// rows: {operation STRING, about LIST<STRING>, moved LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {operation: "o", about: [], moved: []}
MATCH (o:Operation {id: $rows.operation})
CALL (o) { UNWIND $rows.about AS key
  MATCH (i:Identifier {key: key})
  CREATE (o)-[:ABOUT]->(i) }
CALL (o) { UNWIND $rows.moved AS row
  MATCH (i:Identifier {key: row.key})
  CREATE (o)-[:MOVED {before: row.before, after: row.after}]->(i) }

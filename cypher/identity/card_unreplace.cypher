// Takes back that one operation replaced a card.
// rows: {operation STRING, keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {operation: "019a…", keys: []}
UNWIND $rows.keys AS key
MATCH (:Identifier {key: key})-[r:REPLACED_BY {operation: $rows.operation}]->(:Identifier)
DELETE r

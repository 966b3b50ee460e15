// Dependents of nobody living: nothing is derived of them, and no day is theirs until somebody is touched who has them.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (d:Dependent {key: key})
REMOVE d.nextDue

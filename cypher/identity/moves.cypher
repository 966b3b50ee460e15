// Whom some identifiers belonged to before each operation that moved them, the newest operation first, and whether it
// has been taken back since (the operation that is being undone counts as that, and so does an undo).
// rows: {keys LIST<STRING>, undoing STRING}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: key STRING, moves LIST<LIST>
// browser: :param rows => {keys: [], undoing: "019a…"}
UNWIND $rows.keys AS key
MATCH (:Identifier {key: key})<-[moved:MOVED]-(o:Operation)
WITH key, moved, o ORDER BY o.seq DESC
RETURN key,
  collect([moved.before, o.type = 'UNDO' OR o.id = $rows.undoing OR EXISTS { (:Operation)-[:UNDOES]->(o) }]) AS moves

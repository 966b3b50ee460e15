// Writes how long people take to buy again, of each brand (`*`: the group) and category (`*`: all), and drops what was not worked out
// this time.
// rows: {cycles LIST<MAP>, as_of DATETIME}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {cycles: [], as_of: datetime()}
// scan: admitted, there are as many as brands and categories, and all are replaced
CALL () {
  UNWIND $rows.cycles AS row
  MERGE (cycle:RepurchaseCycle {key: row.key})
  SET cycle += row, cycle.asOf = $rows.as_of
}
CALL () {
  MATCH (cycle:RepurchaseCycle) WHERE cycle.asOf <> $rows.as_of
  DELETE cycle
}

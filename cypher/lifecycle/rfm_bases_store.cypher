// Writes the bounds that the whole base was scored by, and drops those of brands that nobody buys from any more.
// rows: {bases LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {bases: []}
// scan: admitted, there is one for each brand
CALL () {
  UNWIND $rows.bases AS row
  MERGE (base:RfmBase {key: row.key})
  SET base += row
}
CALL () {
  MATCH (base:RfmBase) WHERE NOT base.key IN [row IN $rows.bases | row.key]
  DELETE base
}

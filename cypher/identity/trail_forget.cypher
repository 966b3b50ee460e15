// Empties what operations were given, of those about erased identifiers or lifted tombstones that hold again. The digests stay.
// rows: {keys LIST<STRING>, stones LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: id STRING
// browser: :param rows => {keys: [], stones: []}
CALL () {
  UNWIND $rows.keys AS key
  MATCH (o:Operation)-[:ABOUT]->(:Identifier {key: key})
  RETURN o
  UNION
  UNWIND $rows.stones AS key
  MATCH (o:Operation)-[:LIFTED]->(:Tombstone {key: key})
  RETURN o
}
WITH DISTINCT o WHERE o.payload IS NOT NULL
WITH o ORDER BY o.seq
SET o.payload = null, o.salt = null, o.reason = null
RETURN o.id AS id

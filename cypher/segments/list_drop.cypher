// Takes some identifiers off a list that an upload, which replaces it, did not hold.
// rows: {list STRING, upload STRING}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP, at DATETIME, limit INTEGER
// returns: removed INTEGER
// browser: :param {at: datetime(), limit: 1000, rows: {list: "expo", upload: "1"}}
MATCH (l:List {key: $rows.list})<-[r:ON_LIST]-(i:Identifier)
USING INDEX SEEK l:List(key)
WHERE coalesce(r.upload, '') <> $rows.upload
WITH i, r LIMIT $limit
DELETE r
WITH collect(i) AS gone
CALL (gone) {
  UNWIND gone AS i
  MATCH (i)-[:IDENTIFIES]->(p:Person)
  WITH DISTINCT p ORDER BY p.oneId
  SET p.dirtyAt = $at
}
RETURN size(gone) AS removed

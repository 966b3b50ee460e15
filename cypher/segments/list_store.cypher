// Puts identifiers on a list, each once. The identifiers are locked first; a list is a hub, so nothing is merged to it. Who holds one
// that is new on it is to be derived anew.
// rows: {list STRING, upload STRING, keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list
// parameter.
// mode: write
// params: rows MAP, at DATETIME
// returns: added INTEGER
// browser: :param {at: datetime(), rows: {list: "expo", upload: "1", keys: []}}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
USING INDEX SEEK i:Identifier(key)
SET i.lock = true
WITH i, head(COLLECT { MATCH (i)-[r:ON_LIST]->(l) WHERE l.key = $rows.list RETURN r }) AS held
FOREACH (_ IN CASE WHEN held IS NULL THEN [] ELSE [1] END | SET held.upload = $rows.upload)
WITH i WHERE held IS NULL
MATCH (l:List {key: $rows.list})
USING INDEX SEEK l:List(key)
CREATE (i)-[:ON_LIST {since: $at, upload: $rows.upload}]->(l)
WITH collect(i) AS added
CALL (added) {
  UNWIND added AS i
  MATCH (i)-[:IDENTIFIES]->(p:Person)
  WITH DISTINCT p ORDER BY p.oneId
  SET p.dirtyAt = $at
}
RETURN size(added) AS added

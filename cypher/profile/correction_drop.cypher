// Locks the living person that a OneID or one of some identifiers leads to, and drops all its corrections of an attribute. No
// row: nobody living.
// rows: {one_id STRING, keys LIST<STRING>, name STRING, at INTEGER}, times in microseconds since 1970.
// mode: write
// params: rows MAP
// returns: one_id STRING, owners LIST<STRING>
// browser: :param rows => {one_id: null, keys: [], name: "city", at: 0}
CALL () {
  MATCH (known:Person {oneId: $rows.one_id}) USING INDEX SEEK known:Person(oneId)
  OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
  RETURN coalesce(survivor, known) AS p
  UNION
  UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key})-[:IDENTIFIES]->(p:Person) USING INDEX SEEK i:Identifier(key)
  RETURN p
}
WITH p ORDER BY p.oneId LIMIT 1
SET p.lock = true
WITH p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
CALL (p, at) {
  MATCH (p)<-[:IDENTIFIES]-(held:Identifier)<-[:OF]-(c:Correction {name: $rows.name})
  SET p.dirtyAt = at
  WITH held, c, held.key AS key
  DETACH DELETE c
  RETURN collect(DISTINCT key) AS owners
}
RETURN p.oneId AS one_id, owners

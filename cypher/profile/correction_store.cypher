// Locks the living person that a OneID or one of some identifiers leads to, and hangs a correction on the identifier that names
// it; an older one of that attribute there is replaced. No row: nobody living.
// rows: {one_id STRING, keys LIST<STRING>, correction MAP, at INTEGER}, times in microseconds since 1970.
// mode: write
// params: rows MAP
// returns: one_id STRING, owner STRING
// browser: :param rows => {one_id: null, keys: [], correction: {name: "city", value: "上海"}, at: 0}
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
MATCH (p)-[:OWNED_BY]->(owner:Identifier)-[:IDENTIFIES]->(p)
MERGE (c:Correction {key: owner.key + '|' + $rows.correction.name})
MERGE (c)-[:OF]->(owner)
SET c += $rows.correction, c.at = at, p.dirtyAt = at
RETURN p.oneId AS one_id, owner.key AS owner

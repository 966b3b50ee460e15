// Says that two dependents are never the same one. No row where one of them is not there.
// rows: {a STRING, b STRING, said MAP, at INTEGER}, times in microseconds since 1970.
// mode: write
// params: rows MAP
// returns: identifiers LIST<STRING>, one_ids LIST<STRING>
// browser: :param rows => {a: "mumu|b-1", b: "mumu|b-2", said: {by: "me"}, at: 0}
MATCH (a:Dependent {key: $rows.a}) USING INDEX SEEK a:Dependent(key)
MATCH (b:Dependent {key: $rows.b}) USING INDEX SEEK b:Dependent(key)
WITH a, b, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
MERGE (a)-[s:SEPARATED]-(b)
SET s += $rows.said, s.at = at
WITH a, b, at
CALL (a, b, at) {
  UNWIND [a, b] AS d
  MATCH (d)-[:DEPENDENT_OF]->(i:Identifier)
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  SET p.dirtyAt = at
  RETURN collect(DISTINCT i.key) AS identifiers, collect(DISTINCT p.oneId) AS one_ids
}
RETURN identifiers, one_ids

// Takes back that two dependents are never the same one. No row where nobody said so.
// rows: {a STRING, b STRING, at INTEGER}, times in microseconds since 1970.
// mode: write
// params: rows MAP
// returns: identifiers LIST<STRING>, one_ids LIST<STRING>, operation STRING
// browser: :param rows => {a: "mumu|b-1", b: "mumu|b-2", at: 0}
MATCH (a:Dependent {key: $rows.a})-[s:SEPARATED]-(b:Dependent {key: $rows.b})
  USING INDEX SEEK a:Dependent(key) USING INDEX SEEK b:Dependent(key)
WITH a, b, s, s.operation AS operation, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
DELETE s
WITH a, b, operation, at
CALL (a, b, at) {
  UNWIND [a, b] AS d
  MATCH (d)-[:DEPENDENT_OF]->(i:Identifier)
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  SET p.dirtyAt = at
  RETURN collect(DISTINCT i.key) AS identifiers, collect(DISTINCT p.oneId) AS one_ids
}
RETURN identifiers, one_ids, operation

// Whose an identifier was at a time: the first known of some keys, and the OneID that held it, as it was known then. The
// line of the change feed at or before that time decides; before its first line, the line that came next; without any,
// whoever holds it now. Nobody's before it was first seen, while it was blocked or expired, and once it is erased.
// mode: read
// params: keys LIST<STRING>, at DATETIME
// returns: key STRING, kind STRING, scope STRING, name STRING, brands LIST<STRING>, one_id STRING, status STRING, merged_into STRING, since STRING
// browser: :param {keys: ["member|mumu|M100234"], at: datetime()}
UNWIND range(0, size($keys) - 1) AS place
OPTIONAL MATCH (form:Alias {key: $keys[place]})-[:OF]->(plain:Identifier)
USING INDEX SEEK form:Alias(key)
OPTIONAL MATCH (named:Identifier {key: $keys[place]})
USING INDEX SEEK named:Identifier(key)
WITH coalesce(plain, named) AS held, place WHERE held.firstSeen IS NOT NULL
WITH held ORDER BY place LIMIT 1
OPTIONAL MATCH (held)-[holds:IDENTIFIES]->(now:Person)
WITH held, holds, now, [held.key] + COLLECT { MATCH (other:Alias)-[:OF]->(held) RETURN other.key } AS known
WITH held, holds, now, CASE WHEN holds.since <= $at THEN [] ELSE COLLECT {
  CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
  WITH known, reduce(text = '', key IN known | text + ' "' + replace(replace(key, '\\', '\\\\'), '"', '\\"') + '"') AS phrases
  CALL db.index.fulltext.queryNodes('change_keys', phrases) YIELD node AS line
  WITH line, any(key IN known WHERE key IN line.gained) AS gained, any(key IN known WHERE key IN line.lost) AS lost
  WHERE gained OR lost
  RETURN [line.at, gained, line.oneId] ORDER BY line.at, gained, line.id } END AS lines
WITH held, holds, now, [line IN lines WHERE line[0] <= $at] AS before, [line IN lines WHERE line[0] > $at] AS after
WITH held, CASE WHEN held.firstSeen > $at THEN null
  WHEN holds.since <= $at THEN now.oneId
  WHEN size(before) > 0 THEN CASE WHEN last(before)[1] THEN last(before)[2] END
  WHEN size(after) > 0 THEN head(after)[2]
  ELSE now.oneId END AS one_id
OPTIONAL MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
OPTIONAL MATCH (p)-[:MERGED_INTO]->(q:Person)
RETURN held.key AS key, held.kind AS kind, held.scope AS scope, coalesce(held.value, held.name) AS name, held.brands AS brands,
  p.oneId AS one_id, p.status AS status, q.oneId AS merged_into, toString(p.since) AS since

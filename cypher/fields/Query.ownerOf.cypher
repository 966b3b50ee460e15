// Whose an identifier was at a time, as it was known then. The line of the change feed at or before that time decides; before
// its first line, the line that came next; without any, whoever holds it now.
// it: Person
// params: keys LIST<STRING>, at DATETIME, brands LIST<STRING>
// locals: place, plain, named, held, brand, holds, now, form, other, known, text, phrases, line, gained, lost, lines, before, after, one_id
UNWIND range(0, size($keys) - 1) AS place
OPTIONAL MATCH (form:Alias {key: $keys[place]})-[:OF]->(plain:Identifier)
USING INDEX SEEK form:Alias(key)
OPTIONAL MATCH (named:Identifier {key: $keys[place]})
USING INDEX SEEK named:Identifier(key)
WITH coalesce(plain, named) AS held, place
WHERE held.firstSeen IS NOT NULL AND ($brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands))
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
WITH CASE WHEN held.firstSeen > $at THEN null
  WHEN holds.since <= $at THEN now.oneId
  WHEN size(before) > 0 THEN CASE WHEN last(before)[1] THEN last(before)[2] END
  WHEN size(after) > 0 THEN head(after)[2]
  ELSE now.oneId END AS one_id
MATCH (it:Person {oneId: one_id})
USING INDEX SEEK it:Person(oneId)
RETURN it

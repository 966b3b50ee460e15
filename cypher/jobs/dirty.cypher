// Who was touched since they were derived last, up to a moment: the longest waiting first, but for some.
// rows: {but LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP, until DATETIME, limit INTEGER
// returns: one_id STRING, dirty DATETIME
// browser: :param {rows: {but: []}, until: datetime(), limit: 300}
MATCH (p:Person)
USING INDEX SEEK p:Person(dirtyAt)
WHERE p.dirtyAt <= $until AND NOT p.oneId IN $rows.but
RETURN p.oneId AS one_id, p.dirtyAt AS dirty ORDER BY p.dirtyAt LIMIT $limit

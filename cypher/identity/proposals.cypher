// Proposals of the match rules between two people, the surest first, a page at a time.
// mode: read
// params: rule STRING, least FLOAT, after LIST<STRING>, limit INTEGER
// returns: a LIST, b LIST, rule STRING, confidence FLOAT
// browser: :param {rule: null, least: 0.0, after: null, limit: 20}
MATCH (a:Identifier)-[l:LINKED]->(b:Identifier)
USING INDEX SEEK l:LINKED(rule)
WHERE l.rule >= coalesce($rule, '') AND ($rule IS NULL OR l.rule = $rule) AND l.state = 'proposed' AND l.confidence >= $least
  AND ($after IS NULL OR l.confidence < toFloat($after[0]) OR (l.confidence = toFloat($after[0])
    AND (a.key > $after[1] OR (a.key = $after[1] AND b.key > $after[2]))))
MATCH (a)-[:IDENTIFIES]->(p:Person)
MATCH (b)-[:IDENTIFIES]->(q:Person) WHERE p <> q
WITH a, b, l ORDER BY l.confidence DESC, a.key, b.key LIMIT $limit
RETURN [a.key, a.kind, a.scope, a.value, a.sealed, a.name] AS a, [b.key, b.kind, b.scope, b.value, b.sealed, b.name] AS b,
  l.rule AS rule, l.confidence AS confidence

// What match rules propose between two people, the surest first. It crosses brands, so it is for callers of all.
// it: Proposal
// params: first INTEGER, after LIST<STRING>, rule STRING, minConfidence FLOAT, brands LIST<STRING>
// cursor: toString(it.confidence), it.a.key, it.b.key
// locals: one, other, link, person, another
MATCH (one:Identifier)-[link:LINKED]->(other:Identifier)
USING INDEX SEEK link:LINKED(rule)
WHERE link.rule >= coalesce($rule, '') AND ($rule IS NULL OR link.rule = $rule) AND link.state = 'proposed' AND $brands IS NULL
  AND ($minConfidence IS NULL OR link.confidence >= $minConfidence)
  AND ($after IS NULL OR link.confidence < toFloat($after[0]) OR (link.confidence = toFloat($after[0])
    AND (one.key > $after[1] OR (one.key = $after[1] AND other.key > $after[2]))))
MATCH (one)-[:IDENTIFIES]->(person:Person)
MATCH (other)-[:IDENTIFIES]->(another:Person) WHERE another <> person
WITH link {.*, a: one, b: other} AS it
RETURN it ORDER BY it.confidence DESC, it.a.key, it.b.key LIMIT $first + 1

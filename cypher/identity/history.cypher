// What happened to a person and to those merged into it, oldest first: of a OneID, else of the first known of some keys.
// Line: [type, at, cause, one_id, others, gained, lost, by, reason, operation, how many it gained or lost that are not there any more];
// an identifier in it is [kind, scope, name]; times in microseconds. A name is the value where that is open, else masked.
// mode: read
// params: one_id STRING, keys LIST<STRING>
// returns: one_id STRING, status STRING, lines LIST
// browser: :param {one_id: null, keys: ["member|mumu|M100234"]}
CALL () {
  MATCH (known:Person {oneId: $one_id})
  USING INDEX SEEK known:Person(oneId)
  RETURN known AS found
  UNION
  UNWIND range(0, size($keys) - 1) AS place
  OPTIONAL MATCH (form:Alias {key: $keys[place]})-[:OF]->(plain:Identifier)
  USING INDEX SEEK form:Alias(key)
  OPTIONAL MATCH (named:Identifier {key: $keys[place]})
  USING INDEX SEEK named:Identifier(key)
  WITH coalesce(plain, named) AS held, place
  MATCH (held)-[:IDENTIFIES]->(known:Person)
  WITH known ORDER BY place LIMIT 1
  RETURN known AS found
}
OPTIONAL MATCH (found)-[:MERGED_INTO]->(survivor:Person)
WITH coalesce(survivor, found) AS p LIMIT 1
WITH p, [p.oneId] + COLLECT { MATCH (p)<-[:MERGED_INTO]-(former:Person) RETURN former.oneId } AS ids
CALL (ids) {
  MATCH (c:Change) WHERE c.oneId IN ids AND c.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']
  WITH c,
    COLLECT { UNWIND c.gained AS key MATCH (i:Identifier {key: key}) RETURN [i.kind, i.scope, coalesce(i.value, i.name)] ORDER BY i.kind, i.key } AS gained,
    COLLECT { UNWIND c.lost AS key MATCH (i:Identifier {key: key}) RETURN [i.kind, i.scope, coalesce(i.value, i.name)] ORDER BY i.kind, i.key } AS lost
  ORDER BY c.at, c.id
  RETURN collect([c.type, c.at.epochSeconds * 1000000 + c.at.microsecond, c.cause, c.oneId, c.others, gained, lost, c.by, c.reason, c.operation,
    size(c.gained) + size(c.lost) - size(gained) - size(lost)]) AS lines
}
RETURN p.oneId AS one_id, p.status AS status, lines

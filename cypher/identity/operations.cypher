// The audit trail, the newest operation first: of one actor, of one type, about an identifier (its key, or that of a form of it).
// mode: read
// params: by STRING, type STRING, keys LIST<STRING>, limit INTEGER
// returns: number INTEGER, id STRING, type STRING, at STRING, by STRING, reason STRING, about LIST<STRING>, undoes STRING, undone_by STRING, erased BOOLEAN
// browser: :param {by: null, type: null, keys: null, limit: 20}
MATCH (o:Operation)
WHERE o.seq > 0 AND ($by IS NULL OR o.by = $by) AND ($type IS NULL OR o.type = $type)
  AND ($keys IS NULL OR EXISTS { (o)-[:ABOUT]->(i:Identifier)
    WHERE i.key IN $keys OR EXISTS { (form:Alias)-[:OF]->(i) WHERE form.key IN $keys } })
WITH o ORDER BY o.seq DESC LIMIT $limit
RETURN o.seq AS number, o.id AS id, o.type AS type, toString(o.at) AS at, o.by AS by, o.reason AS reason,
  COLLECT { MATCH (o)-[:ABOUT]->(i:Identifier) WITH DISTINCT i.kind + ' ' + coalesce(i.value, i.name) AS name RETURN name ORDER BY name LIMIT 20 } AS about,
  o.undoes AS undoes, head([(undo:Operation)-[:UNDOES]->(o) | undo.id]) AS undone_by, o.payload IS NULL AS erased
ORDER BY number DESC

// Locks an operation that is to be undone, and says what is known of it.
// mode: write
// params: id STRING
// returns: id STRING, type STRING, undone BOOLEAN, payload BYTES, about LIST<STRING>
// browser: :param id => "019a…"
MATCH (o:Operation {id: $id})
SET o.lock = true
RETURN o.id AS id, o.type AS type, EXISTS { (:Operation)-[:UNDOES]->(o) } AS undone, o.payload AS payload,
  COLLECT { MATCH (o)-[:ABOUT]->(i:Identifier) RETURN DISTINCT i.key ORDER BY i.key } AS about

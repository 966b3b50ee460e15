// The whole audit trail in its order, up to its end as it stands, for a check of its chain; one row without an id when
// there is no operation.
// mode: read
// returns: id STRING, seq INTEGER, type STRING, by STRING, reason STRING, at STRING, undoes STRING, salt BYTES, payload BYTES, digest STRING, chain STRING, taken_back LIST<STRING>, head STRING
// scan: admitted, a check reads every operation
MATCH (trail:AuditTrail {name: 'operations'})
WITH trail.seq AS last, trail.chain AS head
OPTIONAL MATCH (o:Operation) WHERE o.seq <= last
RETURN o.id AS id, o.seq AS seq, o.type AS type, o.by AS by, o.reason AS reason, toString(o.at) AS at, o.undoes AS undoes,
  o.salt AS salt, o.payload AS payload, o.digest AS digest, o.chain AS chain,
  COLLECT { MATCH (o)-[:UNDOES]->(before:Operation) RETURN before.id } AS taken_back, head
ORDER BY seq

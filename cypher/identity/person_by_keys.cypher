// The person that the first known of some identifiers belongs to, with everything that identifies it.
// mode: read
// params: keys LIST<STRING>
// returns: one_id STRING, status STRING, since STRING, owner STRING, identifiers LIST
// browser: :param keys => ["member|babycare|BA1"]
UNWIND range(0, size($keys) - 1) AS place
OPTIONAL MATCH (:Alias {key: $keys[place]})-[:OF]->(plain:Identifier)
OPTIONAL MATCH (named:Identifier {key: $keys[place]})
WITH place, coalesce(plain, named) AS i WHERE i IS NOT NULL
MATCH (i)-[:IDENTIFIES]->(p:Person)
WITH p ORDER BY place LIMIT 1
RETURN p.oneId AS one_id, p.status AS status, toString(p.since) AS since,
  head([(p)-[:OWNED_BY]->(o) | coalesce(o.value, o.name)]) AS owner,
  COLLECT {
    MATCH (p)<-[:IDENTIFIES]-(m:Identifier)
    RETURN [m.kind, m.scope, m.value, m.sealed, toString(m.firstSeen), toString(m.lastSeen),
      head([(m)-[:REPLACED_BY]->(n:Identifier) | coalesce(n.value, n.name)])] ORDER BY m.key
  } AS identifiers

// An identifier worth looking at: of the first few hundred platform accounts, the one with the most evidence.
// mode: read
// returns: kind STRING, scope STRING, value STRING, one_id STRING
// scan: admitted, it stops after 300
MATCH (identifier:OpenId)-[:IDENTIFIES]->(person:Person)
WHERE identifier.value IS NOT NULL
WITH identifier, person LIMIT 300
RETURN identifier.kind AS kind, identifier.scope AS scope, identifier.value AS value, person.oneId AS one_id
ORDER BY COUNT { (identifier)-[:LINKED]-() } DESC, identifier.key
LIMIT 1

// People that were found, in the order asked: what they hold, and the names of their accounts, sealed.
// mode: read
// params: one_ids LIST<STRING>
// returns: one_id STRING, names LIST<BYTES>, identifiers LIST<LIST<STRING>>
// browser: :param one_ids => ['019a…']
UNWIND range(0, size($one_ids) - 1) AS place
MATCH (p:Person {oneId: $one_ids[place]})
RETURN p.oneId AS one_id,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Member) WHERE i.sealedName IS NOT NULL RETURN i.sealedName ORDER BY i.key } AS names,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Member|Card|Phone) RETURN [i.kind, i.scope, i.value, i.sealed] ORDER BY i.kind, i.key } AS identifiers
ORDER BY place

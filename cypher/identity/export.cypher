// Every identifier that belongs to a person, with that person, in the order of keys: each is met once, also while people
// merge and split meanwhile.
// mode: read
// returns: one_id STRING, kind STRING, scope STRING, value STRING, sealed BYTES
// scan: admitted, the whole register is what is asked for; it is read along an index, without a sort
MATCH (identifier:Identifier)-[:IDENTIFIES]->(person:Person) WHERE identifier.key > ''
RETURN person.oneId AS one_id, identifier.kind AS kind, identifier.scope AS scope, identifier.value AS value,
  identifier.sealed AS sealed
ORDER BY identifier.key

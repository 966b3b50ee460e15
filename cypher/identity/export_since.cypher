// The identifiers of everybody whom a change after `since`, up to `until`, names, as they are now and under the survivor of
// those who have been merged; in the order of OneIDs and keys.
// mode: read
// params: since INTEGER, until INTEGER
// returns: one_id STRING, kind STRING, scope STRING, value STRING, sealed BYTES
// browser: :param {since: 0, until: 100}
MATCH (change:Change) WHERE change.seq > $since AND change.seq <= $until
UNWIND [change.oneId] + change.others AS one_id
WITH DISTINCT one_id
MATCH (named:Person {oneId: one_id})
OPTIONAL MATCH (named)-[:MERGED_INTO]->(survivor:Person)
WITH DISTINCT coalesce(survivor, named) AS person
WITH person ORDER BY person.oneId
CALL (person) {
  MATCH (identifier:Identifier)-[:IDENTIFIES]->(person)
  RETURN identifier ORDER BY identifier.key
}
RETURN person.oneId AS one_id, identifier.kind AS kind, identifier.scope AS scope, identifier.value AS value,
  identifier.sealed AS sealed

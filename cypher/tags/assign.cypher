// Asserts a tag of people, on their owners, and of dependents. The end is locked first; a tag is a hub, so nothing is merged to
// it. What is carried so already stays. Other tiers that were asserted come off, since of a group one is carried.
// rows: {people LIST<MAP>, dependents LIST<MAP>, tag STRING, tiers LIST<STRING>, said MAP}: one map, because Neo4j plans a statement
// anew for every size class of a list parameter; each of the people and dependents is {key STRING, value ANY}, and `said` is
// {since DATETIME, until DATETIME, by STRING, brand STRING, reason STRING, hand BOOLEAN}.
// mode: write
// params: rows MAP
// returns: key STRING, one_ids LIST<STRING>, changed BOOLEAN
// browser: :param rows => {people: [], dependents: [], tag: "vip", tiers: [], said: {since: datetime(), until: null, by: "me", brand: "*", reason: "why", hand: true}}
MATCH (t:Tag {key: $rows.tag})
USING INDEX SEEK t:Tag(key)
CALL () {
  UNWIND $rows.people AS row
  MATCH (p:Person {oneId: row.key})
  USING INDEX SEEK p:Person(oneId)
  SET p.lock = true
  WITH p, row WHERE p.status = 'ACTIVE'
  MATCH (p)-[:OWNED_BY]->(x:Identifier)
  RETURN row, x, [p] AS people, COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Identifier) RETURN i } AS ends
  UNION
  UNWIND $rows.dependents AS row
  MATCH (x:Dependent {key: row.key})
  USING INDEX SEEK x:Dependent(key)
  SET x.lock = true
  WITH x, row
  RETURN row, x, COLLECT { MATCH (x)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person) RETURN DISTINCT p } AS people, [x] AS ends
}
SET x.lock = true
WITH t, row, x, people, ends, $rows.said AS said, head(COLLECT { MATCH (x)-[a:ASSERTED]->(held) WHERE held.key = $rows.tag RETURN a }) AS before
WITH t, row, x, people, ends, said, before, before IS NOT NULL AND before.removed IS NULL AND (before.until IS NULL OR before.until > said.since)
  AND coalesce(before.value = row.value, before.value IS NULL AND row.value IS NULL) AND coalesce(before.until = said.until, said.until IS NULL)
  AND (NOT said.hand OR before.hand = before.since) AS same
CALL (t, row, x, people, ends, said, before, same) {
  WITH t, row, x, people, ends, said, before WHERE NOT same
  FOREACH (_ IN CASE WHEN before IS NULL THEN [1] ELSE [] END | CREATE (x)-[:ASSERTED]->(t))
  WITH row, x, people, ends, said
  MATCH (x)-[a:ASSERTED]->(held) WHERE held.key = $rows.tag
  SET a.value = row.value, a.since = said.since, a.until = said.until, a.by = said.by, a.brand = said.brand, a.reason = said.reason,
      a.hand = CASE WHEN said.hand THEN said.since END, a.removed = null, a.removedBy = null
  FOREACH (p IN people | SET p.dirtyAt = said.since)
  WITH ends, said
  UNWIND ends AS end
  MATCH (end)-[other:ASSERTED]->(tier) WHERE tier.key IN $rows.tiers AND other.removed IS NULL
  SET other.removed = said.since, other.removedBy = said.by, other.reason = said.reason
}
RETURN row.key AS key, [p IN people | p.oneId] AS one_ids, NOT same AS changed

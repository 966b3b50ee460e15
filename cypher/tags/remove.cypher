// Takes a tag that was asserted off people, on all their identifiers, and off dependents. It stays stored, as taken off: what was
// said up to now does not bring it back. Of a caller of some brands, what its brands said.
// rows: {people LIST<STRING>, dependents LIST<STRING>, tag STRING, at DATETIME, by STRING, reason STRING, brands LIST<STRING>}: one map,
// because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: key STRING, one_ids LIST<STRING>, changed BOOLEAN, ruled BOOLEAN
// browser: :param rows => {people: [], dependents: [], tag: "vip", at: datetime(), by: "me", reason: "why", brands: null}
CALL () {
  UNWIND $rows.people AS key
  MATCH (x:Person {oneId: key})
  USING INDEX SEEK x:Person(oneId)
  SET x.lock = true
  WITH x, key WHERE x.status = 'ACTIVE'
  RETURN key, x, [x] AS people, COLLECT { MATCH (x)<-[:IDENTIFIES]-(i:Identifier) RETURN i } AS ends
  UNION
  UNWIND $rows.dependents AS key
  MATCH (x:Dependent {key: key})
  USING INDEX SEEK x:Dependent(key)
  SET x.lock = true
  WITH x, key
  RETURN key, x, COLLECT { MATCH (x)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person) RETURN DISTINCT p } AS people, [x] AS ends
}
CALL (x, people, ends) {
  UNWIND ends AS end
  MATCH (end)-[a:ASSERTED]->(held) WHERE held.key = $rows.tag AND a.removed IS NULL AND (a.until IS NULL OR a.until > $rows.at)
    AND ($rows.brands IS NULL OR a.brand IN $rows.brands)
  SET a.removed = $rows.at, a.removedBy = $rows.by, a.reason = $rows.reason
  FOREACH (p IN people | SET p.dirtyAt = $rows.at)
  RETURN count(*) > 0 AS changed
}
RETURN key, [p IN people | p.oneId] AS one_ids, changed, EXISTS { MATCH (x)-[:TAGGED]->(held) WHERE held.key = $rows.tag } AS ruled

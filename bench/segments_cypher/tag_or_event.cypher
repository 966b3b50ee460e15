// Who carries mid-value or checked in within 30 days: both starts together.
CALL () {
  MATCH (:Tag {key: 'mid-value'})<-[:TAGGED]-(p:Person) RETURN p
  UNION ALL
  MATCH (:Tag {key: 'mid-value'})<-[a:ASSERTED]-(i:Identifier)-[:IDENTIFIES]->(p:Person)
  WHERE a.removed IS NULL AND (a.until IS NULL OR a.until > $p.asOf)
    AND (i.factsFrom IS NULL OR a.since >= i.factsFrom)
  RETURN p
  UNION ALL
  MATCH (f:Event) USING INDEX SEEK f:Event(type, at)
  WHERE f.type = 'check_in' AND f.at >= $p.days30 AND f.at < $p.now
  MATCH (f)-[:DONE_BY]->(i)-[:IDENTIFIES]->(p:Person)
  WHERE i.factsFrom IS NULL OR f.at >= i.factsFrom
  RETURN p
}
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

// Who carries the tag vip: the few relationships of one node.
MATCH (t:Tag {key: 'vip'})
CALL (t) {
  MATCH (t)<-[:TAGGED]-(p:Person) RETURN p
  UNION ALL
  MATCH (t)<-[a:ASSERTED]-(i:Identifier)-[:IDENTIFIES]->(p:Person)
  WHERE a.removed IS NULL AND (a.until IS NULL OR a.until > $p.asOf)
    AND (i.factsFrom IS NULL OR a.since >= i.factsFrom)
  RETURN p
}
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

// Who is at risk and carries vip: from the tag, which fewer have than the stage.
MATCH (t:Tag {key: 'vip'})
CALL (t) {
  MATCH (t)<-[:TAGGED]-(p:Person) RETURN p
  UNION ALL
  MATCH (t)<-[a:ASSERTED]-(i:Identifier)-[:IDENTIFIES]->(p:Person)
  WHERE a.removed IS NULL AND (a.until IS NULL OR a.until > $p.asOf)
    AND (i.factsFrom IS NULL OR a.since >= i.factsFrom)
  RETURN p
}
WITH DISTINCT p WHERE p.status = 'ACTIVE' AND EXISTS { (p)-[:IN_STAGE]->(s) WHERE s.stage = 'at_risk' }
RETURN count(p) AS n

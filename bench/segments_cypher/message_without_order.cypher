// Who got a message of campaign c1 after which no order was paid for within 14 days: from the campaign.
MATCH (f:Touch) USING INDEX SEEK f:Touch(campaign, at)
WHERE f.campaign = 'c1' AND f.at < $p.now - duration('P14D')
MATCH (f)-[:SENT_TO]->(i)-[:IDENTIFIES]->(p:Person)
WHERE (i.factsFrom IS NULL OR f.at >= i.factsFrom)
  AND NOT EXISTS {
    (p)<-[:IDENTIFIES]-(h)<-[:PLACED_BY]-(o)
    WHERE o.at > f.at AND o.at <= f.at + duration('P14D') AND o.status IN $p.bought
      AND o.currency = 'CNY' AND (h.factsFrom IS NULL OR o.at >= h.factsFrom)
  }
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

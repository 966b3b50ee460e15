// Who put something in the cart in the last 60 days and paid for an order within the 14 days after: from the events.
MATCH (f:Event) USING INDEX SEEK f:Event(type, at)
WHERE f.type = 'add_to_cart' AND f.at >= $p.days60 AND f.at < $p.now
MATCH (f)-[:DONE_BY]->(i)-[:IDENTIFIES]->(p:Person)
WHERE (i.factsFrom IS NULL OR f.at >= i.factsFrom)
  AND EXISTS {
    (p)<-[:IDENTIFIES]-(h)<-[:PLACED_BY]-(o)
    WHERE o.at > f.at AND o.at <= f.at + duration('P14D') AND o.at < $p.now AND o.status IN $p.bought
      AND o.currency = 'CNY' AND (h.factsFrom IS NULL OR o.at >= h.factsFrom)
  }
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

// Who paid more than 600 in 90 days: the orders of the window, grouped.
MATCH (o:Order) USING INDEX SEEK o:Order(at)
WHERE o.at >= $p.days90 AND o.at < $p.now AND o.status IN $p.bought AND o.currency = 'CNY'
MATCH (o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)
WHERE i.factsFrom IS NULL OR o.at >= i.factsFrom
WITH p, sum(o.netMinor) AS paid WHERE paid > 60000 AND p.status = 'ACTIVE'
RETURN count(p) AS n

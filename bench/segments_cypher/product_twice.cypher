// Who bought diaper-0 twice in 90 days: from the product, grouped where its orders are found.
MATCH (:Product {key: 'diaper-0'})<-[:CONTAINS]-(o:Order)
WHERE o.at >= $p.days90 AND o.at < $p.now AND o.status IN $p.bought AND o.currency = 'CNY'
MATCH (o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)
WHERE i.factsFrom IS NULL OR o.at >= i.factsFrom
WITH p, count(o) AS orders WHERE orders >= 2 AND p.status = 'ACTIVE'
RETURN count(p) AS n

// Who bought milk powder at one shop: from the shop, whose orders are fewer than those of the category.
MATCH (:Shop {key: 'tmall-mumu-1'})<-[:PLACED_AT]-(o:Order)
WHERE o.at < $p.now AND o.status IN $p.bought AND o.currency = 'CNY'
  AND EXISTS { (o)-[:CONTAINS]->(q) WHERE q.category = '奶粉' }
MATCH (o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)
WHERE i.factsFrom IS NULL OR o.at >= i.factsFrom
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

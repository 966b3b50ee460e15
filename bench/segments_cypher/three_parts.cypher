// Two orders of diaper-0 in 90 days, a baby of 6 to 12 months, no SMS in 30 days: from the birthdays, which are
// fewer than the orders of a product that everybody buys.
MATCH (d:Dependent) USING INDEX SEEK d:Dependent(kind, birthday)
WHERE d.kind = 'BABY' AND d.birthday >= $p.born AND d.birthday < $p.bornBefore
MATCH (d)-[of:DEPENDENT_OF]->(i)-[:IDENTIFIES]->(p:Person)
WHERE (i.factsFrom IS NULL OR of.last >= i.factsFrom)
  AND NOT EXISTS { (d)-[:SAME_AS]->()-[:DEPENDENT_OF]->()-[:IDENTIFIES]->(p) }
WITH DISTINCT p WHERE p.status = 'ACTIVE'
  AND COUNT {
    MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)
    WHERE o.at >= $p.days90 AND o.at < $p.now AND o.status IN $p.bought AND o.currency = 'CNY'
      AND (i.factsFrom IS NULL OR o.at >= i.factsFrom)
      AND EXISTS { (o)-[:CONTAINS]->(q) WHERE q.key = 'diaper-0' }
  } >= 2
  AND NOT EXISTS {
    (p)<-[:IDENTIFIES]-(i)<-[:SENT_TO]-(f)
    WHERE f.channel = 'SMS' AND f.at >= $p.days30 AND f.at < $p.now
      AND (i.factsFrom IS NULL OR f.at >= i.factsFrom)
  }
RETURN count(p) AS n

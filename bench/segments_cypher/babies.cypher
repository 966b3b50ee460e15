// Who has a baby of 6 to 12 months: a span of birthdays in the index.
MATCH (d:Dependent) USING INDEX SEEK d:Dependent(kind, birthday)
WHERE d.kind = 'BABY' AND d.birthday >= $p.born AND d.birthday < $p.bornBefore
MATCH (d)-[of:DEPENDENT_OF]->(i)-[:IDENTIFIES]->(p:Person)
WHERE (i.factsFrom IS NULL OR of.last >= i.factsFrom)
  AND NOT EXISTS { (d)-[:SAME_AS]->()-[:DEPENDENT_OF]->()-[:IDENTIFIES]->(p) }
WITH DISTINCT p WHERE p.status = 'ACTIVE'
RETURN count(p) AS n

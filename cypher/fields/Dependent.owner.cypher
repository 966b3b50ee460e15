// The living person whose it is; of several the one that was said first.
// this: Dependent
// it: Person
// locals: of, near
MATCH (this)-[of:DEPENDENT_OF]->(near:Identifier)-[:IDENTIFIES]->(it:Person)
WHERE near.factsFrom IS NULL OR of.last >= near.factsFrom
RETURN it ORDER BY of.since, near.key LIMIT 1

// The living person that holds the identifier; nobody where a contested one is held only since.
// this: Guardian
// it: Person
// locals: near
WITH this.held AS near
WHERE near.factsFrom IS NULL OR this.last >= near.factsFrom
MATCH (near)-[:IDENTIFIES]->(it:Person)
RETURN it

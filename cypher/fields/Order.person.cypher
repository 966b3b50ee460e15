// The living person that it counts for; nobody where a contested identifier is held only since.
// this: Order
// it: Person
// locals: held
MATCH (this)-[:PLACED_BY]->(held:Identifier)-[:IDENTIFIES]->(it:Person)
WHERE held.factsFrom IS NULL OR this.at >= held.factsFrom
RETURN it

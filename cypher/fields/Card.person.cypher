// The living person that holds it.
// this: Card
// it: Person
MATCH (this)-[:IDENTIFIES]->(it:Person)
RETURN it

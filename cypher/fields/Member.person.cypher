// The living person that holds it.
// this: Member
// it: Person
MATCH (this)-[:IDENTIFIES]->(it:Person)
RETURN it

// The living person that holds the identifier; none while it is blocked or expired.
// this: Identifier
// it: Person
MATCH (this)-[:IDENTIFIES]->(it:Person)
RETURN it

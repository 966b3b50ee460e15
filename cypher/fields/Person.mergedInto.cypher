// The living person that a merged OneID leads to.
// this: Person
// it: Person
MATCH (this)-[:MERGED_INTO]->(it:Person)
RETURN it

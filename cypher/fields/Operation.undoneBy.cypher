// The undo that took it back.
// this: Operation
// it: Operation
MATCH (it:Operation)-[:UNDOES]->(this)
RETURN it

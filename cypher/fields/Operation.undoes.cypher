// The operation that it took back.
// this: Operation
// it: Operation
MATCH (this)-[:UNDOES]->(it:Operation)
RETURN it

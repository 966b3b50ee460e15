// The living person that holds an identifier of a kind without hashes: one key, and no alias to look for.
// it: Person
// params: key STRING
MATCH (:Identifier {key: $key})-[:IDENTIFIES]->(it:Person)
RETURN it

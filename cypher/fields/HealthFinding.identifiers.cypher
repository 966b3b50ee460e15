// The identifiers that a finding is about, in its order: A and B of its command.
// this: HealthFinding
// it: Identifier
// locals: about
MATCH (this)-[about:ABOUT]->(it:Identifier)
RETURN it ORDER BY about.place

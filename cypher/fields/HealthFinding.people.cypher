// The people that a finding is about, in its order; one that was merged since is shown as such.
// this: HealthFinding
// it: Person
// locals: about
MATCH (this)-[about:ABOUT]->(it:Person)
RETURN it ORDER BY about.place

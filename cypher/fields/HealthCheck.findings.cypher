// What a check found, the largest first.
// this: HealthCheck
// it: HealthFinding
// params: first INTEGER
MATCH (this)-[:FOUND]->(it:HealthFinding)
RETURN it ORDER BY it.place LIMIT $first

// What was checked, in its order.
// this: GraphHealth
// it: HealthCheck
MATCH (this)-[:CHECKED]->(it:HealthCheck)
RETURN it ORDER BY it.place

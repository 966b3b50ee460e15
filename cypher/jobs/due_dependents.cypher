// Dependents for whom the calendar may have changed something by a day, in the order of their days, after a place in it;
// each with the living people whose it is.
// mode: read
// params: day DATE, key STRING, today DATE, limit INTEGER
// returns: key STRING, due DATE, people LIST<STRING>
// browser: :param {day: date('0001-01-01'), key: "", today: date(), limit: 300}
MATCH (d:Dependent)
USING INDEX SEEK d:Dependent(nextDue)
WHERE d.nextDue >= $day AND d.nextDue <= $today AND (d.nextDue > $day OR d.key > $key)
WITH d ORDER BY d.nextDue, d.key LIMIT $limit
RETURN d.key AS key, d.nextDue AS due,
  COLLECT { MATCH (d)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person) RETURN DISTINCT p.oneId } AS people
ORDER BY due, key

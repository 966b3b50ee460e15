// How many people are in which stage of a brand, or of the group (`*`).
// mode: read
// params: brand STRING
// returns: stage STRING, name STRING, people INTEGER
// browser: :param brand => "*"
MATCH (step:Stage)
USING INDEX SEEK step:Stage(key)
WHERE step.key STARTS WITH 'lifecycle|' + $brand + '|' AND step.place IS NOT NULL
RETURN step.stage AS stage, step.name AS name, COUNT { (step)<-[:IN_STAGE]-() } AS people
ORDER BY step.place

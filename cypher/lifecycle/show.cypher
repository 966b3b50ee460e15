// How many people are in which stage of a brand, or of the group (`*`).
// mode: read
// params: brand STRING
// returns: stage STRING, name STRING, people INTEGER
// browser: :param brand => "*"
MATCH (stage:Stage)
USING INDEX SEEK stage:Stage(key)
WHERE stage.key STARTS WITH 'lifecycle|' + $brand + '|' AND stage.place IS NOT NULL
RETURN stage.stage AS stage, stage.name AS name, COUNT { (stage)<-[:IN_STAGE]-() } AS people
ORDER BY stage.place

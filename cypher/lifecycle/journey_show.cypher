// The stages of a journey: who is there, who has reached it, who has gone on to the next, and after how many days in the middle.
// mode: read
// params: key STRING, zone STRING
// returns: stage STRING, name STRING, people INTEGER, reached INTEGER, converted INTEGER, medianDays FLOAT
// browser: :param {key: "customer", zone: "Asia/Shanghai"}
MATCH (step:JourneyStage)
USING INDEX SEEK step:JourneyStage(key)
WHERE step.key STARTS WITH $key + '|' AND step.place IS NOT NULL
OPTIONAL MATCH (further:JourneyStage)
WHERE further.key STARTS WITH $key + '|' AND further.place = step.place + 1
WITH step, COLLECT {
  MATCH (step)<-[here:REACHED]-(:Person)-[there:REACHED]->(further)
  WHERE there.at >= here.at
  RETURN duration.inDays(date(datetime({datetime: here.at, timezone: $zone})), date(datetime({datetime: there.at, timezone: $zone}))).days AS day
  ORDER BY day } AS after
RETURN step.stage AS stage, step.name AS name, COUNT { (step)<-[:AT]-() } AS people, COUNT { (step)<-[:REACHED]-() } AS reached,
  size(after) AS converted,
  CASE WHEN size(after) > 0 THEN (after[(size(after) - 1) / 2] + after[size(after) / 2]) / 2.0 END AS medianDays
ORDER BY step.place

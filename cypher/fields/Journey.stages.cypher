// The stages of a journey in order: who is there, who has reached it, and who has gone on to the next one, after how long.
// this: Journey
// it: JourneyStage
// params: zone STRING
// locals: step, further, here, there, somebody, day, after, came
MATCH (step:JourneyStage)
USING INDEX SEEK step:JourneyStage(key)
WHERE step.key STARTS WITH this.key + '|' AND step.place IS NOT NULL
OPTIONAL MATCH (further:JourneyStage)
WHERE further.key STARTS WITH step.journey + '|' AND further.place = step.place + 1
WITH step, further, COUNT { (step)<-[:REACHED]-() } AS came, COLLECT {
  MATCH (step)<-[here:REACHED]-(somebody:Person)-[there:REACHED]->(further)
  WHERE there.at >= here.at
  RETURN duration.inDays(date(datetime({datetime: here.at, timezone: $zone})), date(datetime({datetime: there.at, timezone: $zone}))).days AS day
  ORDER BY day } AS after
WITH {stage: step.stage, name: step.name, place: step.place, people: COUNT { (step)<-[:AT]-() }, reached: came, converted: size(after),
  conversion: CASE WHEN further IS NOT NULL AND came > 0 THEN round(toFloat(size(after)) / came, 6) END,
  medianDays: CASE WHEN size(after) > 0 THEN (after[(size(after) - 1) / 2] + after[size(after) / 2]) / 2.0 END} AS it
RETURN it ORDER BY it.place

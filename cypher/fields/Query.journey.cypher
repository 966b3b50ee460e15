// One journey that is declared; one over all brands for callers of all.
// it: Journey
// params: key STRING, brands LIST<STRING>
// locals: step
MATCH (step:JourneyStage)
USING INDEX SEEK step:JourneyStage(key)
WHERE step.key STARTS WITH $key + '|' AND step.place IS NOT NULL AND ($brands IS NULL OR step.brand IN $brands)
WITH step ORDER BY step.place LIMIT 1
WITH {key: step.journey, name: coalesce(step.journeyName, step.journey), brand: step.brand} AS it
RETURN it

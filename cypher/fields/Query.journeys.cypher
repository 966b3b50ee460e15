// The journeys that are declared, by key; those over all brands for callers of all.
// it: Journey
// params: brands LIST<STRING>
// locals: step
MATCH (step:JourneyStage)
USING INDEX SEEK step:JourneyStage(key)
WHERE step.key >= '' AND step.place = 0 AND ($brands IS NULL OR step.brand IN $brands)
WITH {key: step.journey, name: coalesce(step.journeyName, step.journey), brand: step.brand} AS it
RETURN it ORDER BY it.key

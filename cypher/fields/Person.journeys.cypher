// Where a person is on journeys; on one over all brands for callers of all.
// this: Person
// it: JourneyPlace
// params: brands LIST<STRING>, asOf DATETIME, zone STRING
// locals: entered, step
MATCH (this)-[entered:AT]->(step:JourneyStage)
WHERE $brands IS NULL OR step.brand IN $brands
WITH {journey: step.journey, journeyName: coalesce(step.journeyName, step.journey), stage: step.stage, name: step.name,
  brand: step.brand, since: entered.since, from: entered.from,
  days: duration.inDays(date(datetime({datetime: entered.since, timezone: $zone})),
    date(datetime({datetime: $asOf, timezone: $zone}))).days} AS it
RETURN it ORDER BY it.journey

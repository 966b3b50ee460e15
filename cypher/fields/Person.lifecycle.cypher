// The stage that a person is in, as a brand's customer or as the group's; of the group for callers of all brands.
// this: Person
// it: LifecycleStage
// params: brand STRING, brands LIST<STRING>, asOf DATETIME, zone STRING
// locals: entered, step
MATCH (this)-[:AS_CUSTOMER_OF*0..1]->()-[entered:IN_STAGE]->(step:Stage)
WHERE step.brand = coalesce($brand, '*') AND ($brands IS NULL OR step.brand IN $brands)
WITH {stage: step.stage, name: step.name, brand: step.brand, since: entered.since, from: entered.from,
  days: duration.inDays(date(datetime({datetime: entered.since, timezone: $zone})),
    date(datetime({datetime: $asOf, timezone: $zone}))).days} AS it
RETURN it LIMIT 1

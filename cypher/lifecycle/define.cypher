// Writes down what is declared: the stages of the lifecycle, and the stages of journeys, with their names and their order.
// Nobody is in one that is declared no longer; its node stays, but has no place in the order.
// rows: {stages LIST<MAP>, journeys LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {stages: [], journeys: []}
// scan: admitted, there are few stages
CALL () {
  UNWIND $rows.stages AS row
  MERGE (stage:Stage {key: row.key})
  SET stage.lifecycle = true, stage.stage = row.stage, stage.brand = row.brand, stage.name = row.name, stage.place = row.place
}
CALL () {
  UNWIND $rows.journeys AS row
  MERGE (stage:JourneyStage {key: row.key})
  SET stage.journey = row.journey, stage.stage = row.stage, stage.brand = row.brand, stage.name = row.name,
    stage.place = row.place, stage.journeyName = row.journey_name
}
CALL () {
  MATCH (stage:Stage) WHERE NOT stage.key IN [row IN $rows.stages | row.key]
  REMOVE stage.place
}
CALL () {
  MATCH (stage:JourneyStage) WHERE NOT stage.key IN [row IN $rows.journeys | row.key]
  REMOVE stage.place
}

// Moves people along their journeys: off the stages that they are no longer at or have no longer reached, and on to others. They are
// locked already, and a stage is a hub: its node is made once, its relationships are never merged.
// rows: {off LIST<MAP>, on LIST<MAP>}, `off` {one_id STRING, key STRING, at BOOLEAN, reached BOOLEAN}, `on` {one_id STRING,
// key STRING, journey STRING, journey_name STRING, stage STRING, brand STRING, name STRING, place INTEGER, at MAP {since, from}, reached DATETIME}:
// one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {off: [], on: []}
CALL () {
  UNWIND $rows.off AS row
  MATCH (p:Person {oneId: row.one_id})-[on:AT|REACHED]->(stage) USING INDEX SEEK p:Person(oneId)
  WHERE stage.key = row.key AND CASE type(on) WHEN 'AT' THEN row.at ELSE row.reached END
  DELETE on
}
UNWIND $rows.on AS row
MATCH (p:Person {oneId: row.one_id}) USING INDEX SEEK p:Person(oneId)
MERGE (stage:JourneyStage {key: row.key})
ON CREATE SET stage.journey = row.journey, stage.stage = row.stage, stage.brand = row.brand, stage.name = row.name, stage.place = row.place,
  stage.journeyName = row.journey_name
FOREACH (_ IN CASE WHEN row.reached IS NOT NULL THEN [1] END | CREATE (p)-[:REACHED {at: row.reached}]->(stage))
FOREACH (_ IN CASE WHEN row.at IS NOT NULL THEN [1] END | CREATE (p)-[:AT {since: row.at.since, from: row.at.from}]->(stage))

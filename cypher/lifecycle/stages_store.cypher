// Puts people, and people as customers of a brand, into other stages; without a stage, out of the one that they are in. They are
// locked already, and a stage is a hub: its node is made once, its relationships are never merged.
// rows: {people LIST<MAP>, profiles LIST<MAP>}, each {holder STRING, key STRING, stage STRING, brand STRING, name STRING,
// place INTEGER, since DATETIME, from STRING}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {people: [], profiles: []}
CALL () {
  UNWIND $rows.people AS row
  MATCH (held:Person {oneId: row.holder}) USING INDEX SEEK held:Person(oneId)
  RETURN row, held
  UNION ALL
  UNWIND $rows.profiles AS row
  MATCH (held:BrandProfile {key: row.holder}) USING INDEX SEEK held:BrandProfile(key)
  RETURN row, held
}
CALL (held) { MATCH (held)-[before:IN_STAGE]->() DELETE before }
WITH row, held WHERE row.stage IS NOT NULL
MERGE (stage:Stage {key: row.key})
ON CREATE SET stage.lifecycle = true, stage.stage = row.stage, stage.brand = row.brand, stage.name = row.name, stage.place = row.place
CREATE (held)-[:IN_STAGE {since: row.since, from: row.from}]->(stage)

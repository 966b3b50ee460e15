// Replaces the measurement of health. What findings are about may have gone since it was measured, and is left out then.
// rows: {health MAP, checks LIST<MAP>, rates LIST<MAP>}; a check has findings LIST<MAP>, each with people and keys LIST<STRING>.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {health: {}, checks: [], rates: []}
MERGE (health:GraphHealth {key: 'identity'})
SET health.lock = true
WITH health
CALL (health) {
  MATCH (health)-[:CHECKED|RATED]->(old)
  OPTIONAL MATCH (old)-[:FOUND]->(finding:HealthFinding)
  DETACH DELETE finding, old
}
CALL (health) {
  SET health = $rows.health, health.key = 'identity', health.name = 'health', health.measuredAt = datetime()
}
CALL (health) {
  UNWIND $rows.rates AS row
  CREATE (health)-[:RATED]->(rate:HealthRate)
  SET rate = row
}
CALL (health) {
  UNWIND range(0, size($rows.checks) - 1) AS place
  WITH health, place, $rows.checks[place] AS row
  CREATE (health)-[:CHECKED]->(check:HealthCheck {key: row.name, name: row.name, place: place, level: row.level, total: row.total,
    says: row.says, next: row.next, command: row.command})
  WITH check, row
  UNWIND range(0, size(row.findings) - 1) AS number
  WITH check, number, row.findings[number] AS one
  CREATE (check)-[:FOUND]->(finding:HealthFinding {key: check.key + ' ' + number, name: check.name, place: number, says: one.says,
    size: one.size, command: one.command})
  WITH finding, one
  CALL (finding, one) {
    UNWIND range(0, size(one.people) - 1) AS at
    MATCH (person:Person {oneId: one.people[at]})
    CREATE (finding)-[:ABOUT {place: at}]->(person)
  }
  CALL (finding, one) {
    UNWIND range(0, size(one.keys) - 1) AS at
    MATCH (identifier:Identifier {key: one.keys[at]})
    CREATE (finding)-[:ABOUT {place: at}]->(identifier)
  }
}

// The latest measurement of health, as the command shows it: its checks, each with so many findings and what they are about,
// and its rates. No row before the first.
// mode: read
// params: first INTEGER
// returns: health MAP, checks LIST<MAP>, rates LIST<MAP>
// browser: :param first => 5
MATCH (health:GraphHealth {key: 'identity'})
RETURN health {.level, .seconds, .policy, .identifiers, .people, .pairs, measuredAt: toString(health.measuredAt)} AS health,
  COLLECT {
    MATCH (health)-[:CHECKED]->(check:HealthCheck)
    WITH check ORDER BY check.place
    RETURN check {.name, .level, .total, .says, .next, .command, findings: COLLECT {
      MATCH (check)-[:FOUND]->(finding:HealthFinding)
      WITH finding ORDER BY finding.place LIMIT $first
      RETURN finding {.says, .size, .command,
        people: COLLECT { MATCH (finding)-[about:ABOUT]->(person:Person) RETURN person.oneId ORDER BY about.place },
        identifiers: COLLECT {
          MATCH (finding)-[about:ABOUT]->(it:Identifier)
          WITH it ORDER BY about.place
          RETURN {kind: it.kind, scope: it.scope, value: it.value, display: coalesce(it.value, it.name)}
        }}
    }}
  } AS checks,
  COLLECT {
    MATCH (health)-[:RATED]->(rate:HealthRate)
    WITH rate ORDER BY rate.of, rate.share DESC, rate.name
    RETURN rate {.of, .name, .active, .suppressed, .share, .level, .reasons}
  } AS rates

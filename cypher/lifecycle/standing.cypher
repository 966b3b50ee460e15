// Locks some people, in the order given, and reads where they stand: their stages as [brand, stage], `*` for the group; their
// places on journeys as [journey, stage, since, from]; and the stages that they have reached, as [journey, stage, at]. Times in
// microseconds since 1970.
// rows: {one_ids LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING, active BOOLEAN, brands LIST<STRING>, stages LIST<LIST<STRING>>, places LIST<LIST>, reached LIST<LIST>
// browser: :param rows => {one_ids: []}
UNWIND $rows.one_ids AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
SET p.lock = true
WITH p
RETURN p.oneId AS one_id, p.status = 'ACTIVE' AS active,
  COLLECT { MATCH (p)-[:AS_CUSTOMER_OF]->(f:BrandProfile) RETURN f.brand } AS brands,
  COLLECT { MATCH (p)-[:AS_CUSTOMER_OF*0..1]->()-[:IN_STAGE]->(s:Stage) RETURN [s.brand, s.stage] } AS stages,
  COLLECT { MATCH (p)-[at:AT]->(s:JourneyStage) RETURN [s.journey, s.stage, at.since.epochSeconds * 1000000 + at.since.microsecond, at.from] } AS places,
  COLLECT { MATCH (p)-[at:REACHED]->(s:JourneyStage) RETURN [s.journey, s.stage, at.at.epochSeconds * 1000000 + at.at.microsecond] } AS reached

// What an export says of some people; of identifiers those of the kinds asked for, of tags what is live. Of a caller of some
// brands, what these told.
// mode: read
// params: p MAP
// returns: one_id STRING, own MAP, stage STRING, identifiers LIST<LIST>, tags LIST<STRING>, segments LIST<STRING>
// browser: :param p => {people: [], kinds: ["openid"], brands: null, asOf: datetime()}
UNWIND $p.people AS one_id
MATCH (person:Person {oneId: one_id})
USING INDEX SEEK person:Person(oneId)
WHERE person.status = 'ACTIVE'
RETURN one_id, CASE WHEN $p.brands IS NULL THEN properties(person) ELSE {} END AS own,
  head([(person)-[:IN_STAGE]->(step:Stage) WHERE $p.brands IS NULL | step.stage]) AS stage,
  COLLECT {
    MATCH (person)<-[:IDENTIFIES]-(held:Identifier)
    WHERE held.kind IN $p.kinds AND ($p.brands IS NULL OR any(brand IN held.brands WHERE brand IN $p.brands))
    RETURN [held.kind, held.value, held.sealed, held.name] ORDER BY held.kind, held.key
  } AS identifiers,
  COLLECT {
    CALL (person) {
      MATCH (person)<-[:IDENTIFIES]-(held:Identifier)-[said:ASSERTED]->(tag:Tag)
      WHERE (held.factsFrom IS NULL OR said.since >= held.factsFrom) AND said.removed IS NULL
        AND (said.until IS NULL OR said.until > $p.asOf) AND ($p.brands IS NULL OR said.brand IN $p.brands)
        AND tag.retired IS NULL
      RETURN tag.key AS key
      UNION
      MATCH (person)-[:TAGGED]->(tag:Tag)
      WHERE $p.brands IS NULL AND tag.retired IS NULL
      RETURN tag.key AS key
    }
    RETURN key ORDER BY key
  } AS tags,
  COLLECT {
    MATCH (person)-[:IN_SEGMENT]->(in:Segment) WHERE $p.brands IS NULL
    RETURN in.key ORDER BY in.key
  } AS segments
ORDER BY one_id

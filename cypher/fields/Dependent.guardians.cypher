// Whose it is: one for each identifier that a message about it hung on, under this key or as the same dependent, by when that was
// said first. Aggregates would forbid the order of what this stands in.
// this: Dependent
// it: Guardian
// params: brands LIST<STRING>
// locals: one, holder, of, who, words, first
MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)-[:DEPENDENT_OF]->(who:Identifier)
WHERE ($brands IS NULL OR one.brand IN $brands) AND (one = this OR EXISTS {
  MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
WITH DISTINCT this, who
CALL (this, who) {
  RETURN COLLECT {
    MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)-[of:DEPENDENT_OF]->(who)
    WHERE ($brands IS NULL OR one.brand IN $brands) AND (one = this OR EXISTS {
      MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
    RETURN of ORDER BY of.last DESC, one.key
  } AS words
}
WITH {relation: head([of IN words WHERE of.relation IS NOT NULL | of.relation]), held: who, last: words[0].last,
  since: reduce(first = words[0].since, of IN words | CASE WHEN of.since < first THEN of.since ELSE first END)} AS it
RETURN it ORDER BY it.since, it.held.key

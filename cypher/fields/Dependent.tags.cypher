// What a dependent carries, also under other keys that are the same dependent, each tag once: by hand before by rule, then the latest.
// What rules derive from the facts of every brand is for callers of all.
// this: Dependent
// it: TagAssignment
// params: asOf DATETIME, brands LIST<STRING>
// locals: twin, owner, said, known, place, word, words, nth, before, other
WITH COLLECT {
  CALL (this) {
    MATCH (this)-[said:ASSERTED]->(known:Tag)
    RETURN said, known, 0 AS place
    UNION ALL
    MATCH (this)<-[:SAME_AS]-(twin:Dependent)
    WHERE EXISTS { MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(owner:Person)
      MATCH (twin)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(owner) }
    MATCH (twin)-[said:ASSERTED]->(known:Tag)
    RETURN said, known, 0 AS place
    UNION ALL
    MATCH (this)-[said:TAGGED]->(known:Tag)
    RETURN said, known, 1 AS place
  }
  WITH this, said, known, place
  WHERE known.retired IS NULL AND CASE place WHEN 1 THEN $brands IS NULL
    ELSE said.removed IS NULL AND (said.until IS NULL OR said.until > $asOf) AND ($brands IS NULL OR said.brand IN $brands) END
  RETURN said {.*, ruled: place = 1, tag: known, carrier: this} ORDER BY place, said.since DESC, said.value
} AS words
UNWIND range(0, size(words) - 1) AS nth
WITH words[nth] AS word, words[0 .. nth] AS before
WHERE none(other IN before WHERE other.tag = word.tag AND coalesce(other.carrier = word.carrier, other.carrier IS NULL AND word.carrier IS NULL))
WITH {tag: word.tag, value: word.value, since: word.since, until: word.until, by: word.by, dependent: word.carrier,
  source: CASE WHEN word.ruled THEN word.source WHEN word.hand = word.since THEN 'MANUAL' ELSE 'IMPORTED' END,
  cause: CASE WHEN word.ruled THEN word.cause WHEN word.hand = word.since THEN word.reason END} AS it
RETURN it ORDER BY coalesce(it.tag.category, ''), it.tag.key

// What a person carries, each tag once: by hand before by rule, then the latest; with includeSubordinate also what the dependents
// carry, each for itself. What rules derive from the facts of every brand is for callers of all.
// this: Person
// it: TagAssignment
// params: includeSubordinate BOOLEAN, asOf DATETIME, brands LIST<STRING>
// locals: held, said, known, whose, whom, shown, place, word, words, nth, before, other
WITH COLLECT {
  CALL (this) {
    MATCH (this)<-[:IDENTIFIES]-(held:Identifier)-[said:ASSERTED]->(known:Tag)
    WHERE held.factsFrom IS NULL OR said.since >= held.factsFrom
    RETURN said, known, null AS shown, 0 AS place
    UNION ALL
    MATCH (this)-[said:TAGGED]->(known:Tag)
    RETURN said, known, null AS shown, 1 AS place
    UNION ALL
    MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[whose:DEPENDENT_OF]-(whom:Dependent)
    WHERE $includeSubordinate AND (held.factsFrom IS NULL OR whose.last >= held.factsFrom)
    OPTIONAL MATCH (whom)-[:SAME_AS]->(other:Dependent) WHERE EXISTS { (other)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(this) }
    MATCH (whom)-[said:ASSERTED|TAGGED]->(known:Tag)
    RETURN said, known, coalesce(other, whom) AS shown, CASE type(said) WHEN 'TAGGED' THEN 1 ELSE 0 END AS place
  }
  WITH said, known, shown, place
  WHERE known.retired IS NULL AND CASE place WHEN 1 THEN $brands IS NULL
    ELSE said.removed IS NULL AND (said.until IS NULL OR said.until > $asOf) AND ($brands IS NULL OR said.brand IN $brands) END
  RETURN said {.*, ruled: place = 1, tag: known, carrier: shown} ORDER BY place, said.since DESC, said.value
} AS words
UNWIND range(0, size(words) - 1) AS nth
WITH words[nth] AS word, words[0 .. nth] AS before
WHERE none(other IN before WHERE other.tag = word.tag AND coalesce(other.carrier = word.carrier, other.carrier IS NULL AND word.carrier IS NULL))
WITH {tag: word.tag, value: word.value, since: word.since, until: word.until, by: word.by, dependent: word.carrier,
  source: CASE WHEN word.ruled THEN word.source WHEN word.hand = word.since THEN 'MANUAL' ELSE 'IMPORTED' END,
  cause: CASE WHEN word.ruled THEN word.cause WHEN word.hand = word.since THEN word.reason END} AS it
RETURN it ORDER BY it.dependent IS NOT NULL, coalesce(it.tag.category, ''), it.tag.key, it.dependent.key

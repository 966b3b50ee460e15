// People with the same tags and segments: the sum of what each thing in common is worth, which is more the fewer carry it. Only
// this person's rarest ten are walked, and none that more than a thousand carry; for callers of every brand.
// this: Person
// it: Alike
// params: first INTEGER, after LIST<STRING>, brands LIST<STRING>, asOf DATETIME
// cursor: toString(it.score), it.person.oneId
// locals: thing, held, said, carriers, other, common, total, marks, mark, same, worth
WITH this, COLLECT {
  CALL (this) {
    MATCH (this)-[:TAGGED|IN_SEGMENT]->(thing)
    RETURN thing
    UNION
    MATCH (this)<-[:IDENTIFIES]-(held:Identifier)-[said:ASSERTED]->(thing:Tag)
    WHERE said.removed IS NULL AND (said.until IS NULL OR said.until > $asOf)
      AND (held.factsFrom IS NULL OR said.since >= held.factsFrom)
    RETURN thing
  }
  WITH thing, COUNT { (thing)--() } AS carriers
  WHERE $brands IS NULL AND carriers <= 1000
  RETURN [thing, round(log(2) / log(1 + carriers), 6)] ORDER BY carriers, thing.key LIMIT 10
} AS marks
UNWIND marks AS mark
CALL (this, mark) {
  WITH mark[0] AS thing
  MATCH (thing)<-[:TAGGED|IN_SEGMENT]-(other:Person) WHERE other <> this AND other.status = 'ACTIVE'
  RETURN other
  UNION
  WITH mark[0] AS thing
  MATCH (thing)<-[said:ASSERTED]-(held:Identifier)-[:IDENTIFIES]->(other:Person)
  WHERE other <> this AND said.removed IS NULL AND (said.until IS NULL OR said.until > $asOf)
    AND (held.factsFrom IS NULL OR said.since >= held.factsFrom)
  RETURN other
}
WITH DISTINCT other, marks
WITH other, [mark IN marks WHERE EXISTS { (other)-[:TAGGED|IN_SEGMENT]->(same) WHERE same = mark[0] }
  OR EXISTS { (other)<-[:IDENTIFIES]-(held:Identifier)-[said:ASSERTED]->(same:Tag)
    WHERE same = mark[0] AND said.removed IS NULL AND (said.until IS NULL OR said.until > $asOf)
      AND (held.factsFrom IS NULL OR said.since >= held.factsFrom) }] AS common
WITH other, [mark IN common | mark[0]] AS common, round(reduce(worth = 0.0, mark IN common | worth + mark[1]), 6) AS total
WHERE $after IS NULL OR total < toFloat($after[0]) OR (total = toFloat($after[0]) AND other.oneId > $after[1])
WITH {person: other, score: total, things: common} AS it
RETURN it ORDER BY it.score DESC, it.person.oneId LIMIT $first + 1

// Numbered changes after a number, in their order, up to the number that the feed is complete to: a commit reaches an
// index line by line, and who went on from a line that is there would never see the one before it that comes next.
// There are three ways in, each by an index that has the lines in their order: all of them, those of each type, those about
// one tag, segment or journey. So a rare one costs as much as a common one. The two ways not taken have no bound, and a seek
// without a bound reads nothing.
// What is derived from the facts of every brand is for callers of all; to ask for a brand is to see what a caller of that
// brand alone would.
// it: Change
// params: after LIST<INTEGER>, first INTEGER, types LIST<STRING>, brand STRING, tag STRING, segment STRING, stage STRING, journey STRING, brands LIST<STRING>
// cursor: it.seq
// locals: feed, done, seen, subject, sought, from_all, from_type, from_topic, about, some, known
WITH COLLECT { MATCH (feed:Sequence {name: 'changes'}) RETURN feed.complete }[0] AS done,
  CASE WHEN $brand IS NULL THEN $brands WHEN $brands IS NULL OR $brand IN $brands THEN [$brand] ELSE [] END AS seen,
  coalesce($tag, $segment, $journey) AS subject
UNWIND CASE
  WHEN subject IS NOT NULL THEN [null]
  WHEN $types IS NOT NULL THEN $types
  WHEN $stage IS NOT NULL THEN ['STAGE_CHANGED', 'JOURNEY_ENTERED', 'JOURNEY_LEFT']
  ELSE [null] END AS sought
WITH DISTINCT done, seen, subject, sought,
  CASE WHEN subject IS NULL AND sought IS NULL THEN coalesce($after[0], 0) END AS from_all,
  CASE WHEN subject IS NULL THEN coalesce($after[0], 0) END AS from_type, coalesce($after[0], 0) AS from_topic
CALL (done, seen, subject, sought, from_all, from_type, from_topic) {
  MATCH (it:Change)
  USING INDEX SEEK it:Change(seq)
  WHERE it.seq > from_all AND it.seq <= done
    AND ($types IS NULL OR it.type IN $types) AND ($tag IS NULL OR it.tag = $tag)
    AND ($segment IS NULL OR it.segment = $segment) AND ($journey IS NULL OR it.journey = $journey)
    AND ($stage IS NULL OR it.stage = $stage)
    AND (seen IS NULL OR (it.brand IN seen OR it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
    MATCH (about:Person {oneId: it.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
    USING INDEX SEEK about:Person(oneId)
    WHERE any(known IN some.brands WHERE known IN seen) })
  RETURN it ORDER BY it.seq LIMIT $first + 1
UNION ALL
  MATCH (it:Change {type: sought})
  USING INDEX SEEK it:Change(type, seq)
  WHERE it.seq > from_type AND it.seq <= done
    AND ($types IS NULL OR it.type IN $types) AND ($tag IS NULL OR it.tag = $tag)
    AND ($segment IS NULL OR it.segment = $segment) AND ($journey IS NULL OR it.journey = $journey)
    AND ($stage IS NULL OR it.stage = $stage)
    AND (seen IS NULL OR (it.brand IN seen OR it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
    MATCH (about:Person {oneId: it.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
    USING INDEX SEEK about:Person(oneId)
    WHERE any(known IN some.brands WHERE known IN seen) })
  RETURN it ORDER BY it.type, it.seq LIMIT $first + 1
UNION ALL
  MATCH (it:Change {topic: subject})
  USING INDEX SEEK it:Change(topic, seq)
  WHERE it.seq > from_topic AND it.seq <= done
    AND ($types IS NULL OR it.type IN $types) AND ($tag IS NULL OR it.tag = $tag)
    AND ($segment IS NULL OR it.segment = $segment) AND ($journey IS NULL OR it.journey = $journey)
    AND ($stage IS NULL OR it.stage = $stage)
    AND (seen IS NULL OR (it.brand IN seen OR it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
    MATCH (about:Person {oneId: it.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
    USING INDEX SEEK about:Person(oneId)
    WHERE any(known IN some.brands WHERE known IN seen) })
  RETURN it ORDER BY it.topic, it.seq LIMIT $first + 1
}
WITH it
RETURN it ORDER BY it.seq LIMIT $first + 1

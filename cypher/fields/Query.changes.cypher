// Numbered changes after a number, in their order, up to the number that the feed is complete to: a commit reaches an
// index line by line, and who went on from a line that is there would never see the one before it that comes next. What is
// derived from the facts of every brand is for callers of all.
// it: Change
// params: after LIST<INTEGER>, first INTEGER, types LIST<STRING>, brands LIST<STRING>
// cursor: it.seq
// locals: feed, about, some, brand
MATCH (it:Change)
WHERE it.seq > coalesce($after[0], 0)
  AND it.seq <= COLLECT { MATCH (feed:Sequence {name: 'changes'}) RETURN feed.complete }[0]
  AND ($types IS NULL OR it.type IN $types)
  AND ($brands IS NULL OR (it.brand IN $brands OR it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
  MATCH (about:Person {oneId: it.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) })
RETURN it ORDER BY it.seq LIMIT $first + 1

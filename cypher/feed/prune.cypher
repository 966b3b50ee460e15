// Drops the oldest lines of a type that are of before a time, so many at once; none that a webhook has not been told.
// mode: write
// params: type STRING, before DATETIME, limit INTEGER
// returns: pruned INTEGER
// browser: :param {type: "TAG_ADDED", before: datetime() - duration("P365D"), limit: 5000}
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
WITH coalesce(COLLECT {
  MATCH (hook:Webhook) WHERE hook.key > '' RETURN hook.cursor ORDER BY hook.cursor LIMIT 1 }[0], feed.complete, 0) AS told
CALL (told) {
  MATCH (line:Change {type: $type})
  USING INDEX SEEK line:Change(type, seq)
  WHERE line.seq > 0 AND line.seq <= told
  RETURN line ORDER BY line.type, line.seq LIMIT $limit
}
WITH line WHERE line.at < $before
DETACH DELETE line
RETURN count(*) AS pruned

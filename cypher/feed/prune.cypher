// Drops the oldest lines of a type that are of before a time, so many at once; none that a webhook has not been told, or
// could not be told and may be sent again.
// mode: write
// params: type STRING, before DATETIME, limit INTEGER
// returns: pruned INTEGER
// browser: :param {type: "TAG_ADDED", before: datetime() - duration("P365D"), limit: 5000}
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
WITH coalesce(feed.complete, 0) AS complete,
  COLLECT { MATCH (hook:Webhook) WHERE hook.key > '' RETURN hook.cursor ORDER BY hook.cursor LIMIT 1 } AS told,
  COLLECT { MATCH (letter:DeadLetter) WHERE letter.key > '' RETURN letter.number - 1 ORDER BY letter.number LIMIT 1 } AS dead
WITH reduce(least = complete, number IN told + dead | CASE WHEN number < least THEN number ELSE least END) AS told
CALL (told) {
  MATCH (line:Change {type: $type})
  USING INDEX SEEK line:Change(type, seq)
  WHERE line.seq > 0 AND line.seq <= told
  RETURN line ORDER BY line.type, line.seq LIMIT $limit
}
WITH line WHERE line.at < $before
DETACH DELETE line
RETURN count(*) AS pruned

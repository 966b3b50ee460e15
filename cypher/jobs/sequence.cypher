// Numbers committed changes that wait for it, the smallest ids first, from the feed's last number on, without a gap; no
// row, and nothing written, when somebody else has claimed the lease since.
// A commit reaches an index line by line, so a reader may find number 7 a moment before number 6: `complete` is the number
// up to which that moment is over. It follows `last` in the next transaction, also when that one numbers nothing.
// `topic` is what an index finds the lines about one tag, segment or journey by.
// Where `last` is lost (a feed that was numbered elsewhere), it is the greatest number that there is.
// mode: write
// params: name STRING, token INTEGER, milliseconds INTEGER, limit INTEGER
// returns: numbered INTEGER, last INTEGER
// browser: :param {name: "sequence-changes", token: 1, milliseconds: 10000, limit: 5000}
MATCH (lease:Lease {name: $name})
SET lease.lock = true
WITH lease WHERE lease.token = $token
SET lease.until = datetime.realtime() + duration({milliseconds: $milliseconds})
MERGE (feed:Sequence {name: 'changes'})
WITH feed, coalesce(feed.last,
  COLLECT { MATCH (known:Change) WHERE known.seq > 0 RETURN known.seq ORDER BY known.seq DESC LIMIT 1 }[0], 0) AS before
CALL (feed) {
  MATCH (change:Unnumbered) WHERE change.id > '' AND change.seq IS NULL
  WITH change ORDER BY change.id LIMIT $limit
  RETURN collect(change) AS changes
}
CALL (changes, before) {
  UNWIND range(1, size(changes)) AS place
  WITH changes[place - 1] AS change, before + place AS number
  SET change.seq = number, change.topic = coalesce(change.tag, change.segment, change.journey)
  REMOVE change:Unnumbered
}
SET feed.last = before + size(changes), feed.complete = before
RETURN size(changes) AS numbered, feed.last AS last

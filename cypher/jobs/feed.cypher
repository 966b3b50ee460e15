// How far the change feed is: whether changes wait for a number, the greatest number given, and the number up to which
// every reader finds every line.
// mode: read
// params: until STRING
// returns: waiting BOOLEAN, last INTEGER, complete INTEGER
// browser: :param until => "~"
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
RETURN EXISTS { MATCH (change:Unnumbered) WHERE change.id > '' AND change.id <= $until AND change.seq IS NULL } AS waiting,
  coalesce(feed.last, 0) AS last, coalesce(feed.complete, 0) AS complete

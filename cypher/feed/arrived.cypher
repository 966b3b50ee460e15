// How far the change feed is complete, and of which types its lines after a number are; null where those are more than a
// thousand. No row before the first line is numbered.
// mode: read
// params: after INTEGER
// returns: complete INTEGER, types LIST<STRING>
// browser: :param after => 0
MATCH (feed:Sequence {name: 'changes'})
WITH coalesce(feed.complete, 0) AS complete
RETURN complete, CASE WHEN complete - $after <= 1000 THEN COLLECT {
  MATCH (line:Change)
  USING INDEX SEEK line:Change(seq)
  WHERE line.seq > $after AND line.seq <= complete
  RETURN DISTINCT line.type
} END AS types

// How many of those who were sent messages of a channel bought within a time after one, and how soon.
// it: TouchConversion
// params: channel STRING, outcome LIST<STRING>, from DATETIME, to DATETIME, seconds INTEGER, brand STRING, brands LIST<STRING>, asOf DATETIME
// locals: said, held, who, sent, times, holder, bought, waited, people_, buyers, median
MATCH (said:Touch {channel: $channel})
USING INDEX SEEK said:Touch(channel, at)
WHERE said.at >= coalesce($from, datetime('0001-01-01T00:00:00Z')) AND said.at < coalesce($to, $asOf + duration({days: 1}))
  AND said.at <= $asOf AND ($outcome IS NULL OR said.outcome IN $outcome)
  AND ($brand IS NULL OR said.brand = $brand) AND ($brands IS NULL OR said.brand IN $brands)
MATCH (said)-[:SENT_TO]->(held:Identifier)-[:IDENTIFIES]->(who:Person)
WHERE held.factsFrom IS NULL OR said.at >= held.factsFrom
WITH who, collect(said.at) AS times
WITH who, head(COLLECT {
  MATCH (who)<-[:IDENTIFIES]-(holder:Identifier)<-[:PLACED_BY]-(bought:Order)
  WHERE bought.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND bought.at <= $asOf
    AND (holder.factsFrom IS NULL OR bought.at >= holder.factsFrom)
    AND ($brand IS NULL OR bought.brand = $brand) AND ($brands IS NULL OR bought.brand IN $brands)
  UNWIND times AS sent
  WITH bought, sent WHERE bought.at >= sent AND bought.at <= sent + duration({seconds: $seconds})
  RETURN duration.inSeconds(sent, bought.at).seconds / 86400.0 ORDER BY sent, bought.at LIMIT 1 }) AS waited
WITH count(who) AS people_, count(waited) AS buyers, percentileCont(waited, 0.5) AS median
WITH {touched: people_, converted: buyers, rate: CASE WHEN people_ > 0 THEN round(toFloat(buyers) / people_, 6) END,
  medianDays: round(median, 6)} AS it
RETURN it

// On which days some people bought: of each brand, and of each brand and category, as [brand, category, days since 1970], the
// category null for a purchase whatever was in it. Days are those of a zone.
// The walk names no label: a plan could start from all orders instead.
// rows: {one_ids LIST<STRING>, currency STRING, as_of DATETIME, zone STRING}: one map, because Neo4j plans a statement anew for every
// size class of a list parameter.
// mode: read
// params: rows MAP
// returns: one_id STRING, days LIST<LIST>
// browser: :param rows => {one_ids: [], currency: "CNY", as_of: datetime(), zone: "Asia/Shanghai"}
UNWIND $rows.one_ids AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
WITH p.oneId AS one_id, COLLECT { MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)
  WHERE o.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND o.currency = $rows.currency AND o.at <= $rows.as_of
    AND (i.factsFrom IS NULL OR o.at >= i.factsFrom)
  WITH o, duration.inDays(date('1970-01-01'), date(datetime({datetime: o.at, timezone: $rows.zone}))).days AS day
  UNWIND [null] + COLLECT { MATCH (o)-[:CONTAINS]->(q) WHERE q.category IS NOT NULL RETURN DISTINCT q.category } AS category
  WITH DISTINCT o.brand AS brand, category, day
  RETURN [brand, category, day] } AS days
WHERE size(days) > 0
RETURN one_id, days

// What decides where some people stand, beside the rules: the brands that they have bought from, their first contact, and when
// they bought, as [time, brand] in the order of orders. Times are microseconds since 1970.
// The walk names no label: a plan could start from all orders instead.
// rows: {one_ids LIST<STRING>, currency STRING, as_of DATETIME}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter.
// mode: read
// params: rows MAP
// returns: one_id STRING, brands LIST<STRING>, contact INTEGER, bought LIST<LIST>
// browser: :param rows => {one_ids: [], currency: "CNY", as_of: datetime()}
UNWIND $rows.one_ids AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
WHERE p.status = 'ACTIVE'
RETURN p.oneId AS one_id,
  COLLECT { MATCH (p)-[:AS_CUSTOMER_OF]->(f:BrandProfile) RETURN f.brand ORDER BY f.brand } AS brands,
  reduce(first = null, held IN COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Identifier) RETURN
    coalesce(i.factsFrom.epochSeconds * 1000000 + i.factsFrom.microsecond, i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond) } |
    CASE WHEN first < held THEN first ELSE held END) AS contact,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)
    WHERE o.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND o.currency = $rows.currency AND o.at <= $rows.as_of
      AND (i.factsFrom IS NULL OR o.at >= i.factsFrom)
    RETURN [o.at.epochSeconds * 1000000 + o.at.microsecond, o.brand] ORDER BY o.at, o.key } AS bought

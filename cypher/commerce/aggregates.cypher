// What people have bought up to a moment, by brand, and what is stored of that for the group and as each brand's customer.
// bought, stored: [brand, orders, pieces, paid, discount, refunded, first, last]; money in minor units of the one currency
// that is asked for, times in microseconds. own: the same of the group without its brand, as stored; null where it never was.
// rows: {one_ids LIST<STRING>, as_of INTEGER, currency STRING}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter.
// mode: read
// params: rows MAP
// returns: one_id STRING, active BOOLEAN, own LIST, stored LIST<LIST>, bought LIST<LIST>
// browser: :param rows => {one_ids: ['019a…'], as_of: 1767225600000000, currency: 'CNY'}
UNWIND $rows.one_ids AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
WITH p, datetime({epochSeconds: $rows.as_of / 1000000, nanosecond: $rows.as_of % 1000000 * 1000}) AS now
CALL (p, now) {
  MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)
  WHERE o.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND o.currency = $rows.currency AND o.at <= now
    AND (i.factsFrom IS NULL OR o.at >= i.factsFrom)
  WITH o.brand AS brand, count(o) AS orders, sum(o.quantity) AS pieces, sum(o.amountMinor) AS paid,
    sum(o.discountMinor) AS discount, sum(o.refundedMinor) AS refunded, min(o.at) AS first, max(o.at) AS last
  RETURN collect([brand, orders, pieces, paid, discount, refunded, first.epochSeconds * 1000000 + first.microsecond,
    last.epochSeconds * 1000000 + last.microsecond]) AS bought
}
RETURN p.oneId AS one_id, p.status = 'ACTIVE' AS active,
  CASE WHEN p.orders IS NOT NULL THEN [p.orders, p.pieces, p.paidMinor, p.discountMinor, p.refundedMinor,
    p.firstOrderAt.epochSeconds * 1000000 + p.firstOrderAt.microsecond,
    p.lastOrderAt.epochSeconds * 1000000 + p.lastOrderAt.microsecond] END AS own,
  [(p)-[:AS_CUSTOMER_OF]->(c:BrandProfile) | [c.brand, c.orders, c.pieces, c.paidMinor, c.discountMinor, c.refundedMinor,
    c.firstOrderAt.epochSeconds * 1000000 + c.firstOrderAt.microsecond,
    c.lastOrderAt.epochSeconds * 1000000 + c.lastOrderAt.microsecond]] AS stored, bought
ORDER BY one_id

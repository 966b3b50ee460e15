// What some people bought of each brand: `group` is what counts for the group's scores, `own` for the brand's, each as
// [orders, net in minor units, time of the last in microseconds since 1970]; and the scores that are stored, of the person under
// `*` and of its profiles, as [brand, recency, frequency, monetary, segment, orders, net, time of the last].
// The walk names no label: a plan could start from all orders instead.
// rows: {one_ids LIST<STRING>, currency STRING, as_of DATETIME, group DATETIME, brands MAP, others DATETIME}, the last three being the
// times from which on orders count: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: one_id STRING, bought LIST<MAP {brand STRING, group LIST<INTEGER>, own LIST<INTEGER>}>, stored LIST<LIST>
// browser: :param rows => {one_ids: [], currency: "CNY", as_of: datetime(), group: datetime("1970"), brands: {}, others: datetime("1970")}
UNWIND $rows.one_ids AS one_id
MATCH (p:Person {oneId: one_id})
USING INDEX SEEK p:Person(oneId)
RETURN p.oneId AS one_id,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)
    WHERE o.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND o.currency = $rows.currency AND o.at <= $rows.as_of
      AND (i.factsFrom IS NULL OR o.at >= i.factsFrom)
    WITH o.brand AS brand, o.netMinor AS net, o.at.epochSeconds * 1000000 + o.at.microsecond AS at,
      o.at >= $rows.group AS group, o.at >= coalesce($rows.brands[o.brand], $rows.others) AS own
    WITH brand, sum(CASE WHEN group THEN 1 ELSE 0 END) AS group_orders, sum(CASE WHEN group THEN net ELSE 0 END) AS group_net,
      max(CASE WHEN group THEN at END) AS group_last, sum(CASE WHEN own THEN 1 ELSE 0 END) AS own_orders,
      sum(CASE WHEN own THEN net ELSE 0 END) AS own_net, max(CASE WHEN own THEN at END) AS own_last
    RETURN {brand: brand, group: [group_orders, group_net, group_last], own: [own_orders, own_net, own_last]} } AS bought,
  COLLECT { MATCH (p)-[:AS_CUSTOMER_OF*0..1]->(held)
    RETURN [coalesce(held.brand, '*'), held.recency, held.frequency, held.monetary, held.rfmSegment, held.rfmOrders, held.rfmNetMinor,
      held.rfmLastAt.epochSeconds * 1000000 + held.rfmLastAt.microsecond] } AS stored

// What a person has bought, of one currency, worked out from the orders as they are. Orders of one day are one purchase.
// Sums are reduced from a list: a statement may not aggregate below an object of another field.
// this: Person
// it: PurchaseSummary
// params: brand STRING, shop STRING, currency STRING, brands LIST<STRING>, asOf DATETIME, zone STRING, homeCurrency STRING
// locals: held, bought, place, found, gaps, number, unit, total, one
WITH coalesce($currency, $homeCurrency) AS unit, COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:PLACED_BY]-(bought:Order)
  WHERE bought.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND bought.currency = coalesce($currency, $homeCurrency)
    AND bought.at <= $asOf AND (held.factsFrom IS NULL OR bought.at >= held.factsFrom)
    AND ($brands IS NULL OR bought.brand IN $brands) AND ($brand IS NULL OR bought.brand = $brand)
    AND ($shop IS NULL OR EXISTS { (bought)-[:PLACED_AT]->(place:Shop) WHERE place.key = $shop })
  RETURN [bought.at, date(datetime({datetime: bought.at, timezone: $zone})), bought.quantity, bought.amountMinor,
    bought.discountMinor, bought.refundedMinor, bought.netMinor] ORDER BY bought.at } AS found
WITH unit, found, [number IN range(1, size(found) - 1) WHERE found[number][1] <> found[number - 1][1]
  | duration.inDays(found[number - 1][1], found[number][1]).days] AS gaps
WITH {orders: size(found), currency: unit, firstAt: found[0][0], lastAt: found[-1][0],
  pieces: reduce(total = 0, one IN found | total + one[2]), paid: [reduce(total = 0, one IN found | total + one[3]), unit],
  discount: [reduce(total = 0, one IN found | total + one[4]), unit],
  refunded: [reduce(total = 0, one IN found | total + one[5]), unit],
  net: [reduce(total = 0, one IN found | total + one[6]), unit],
  averageIntervalDays: CASE WHEN size(gaps) > 0
    THEN round(toFloat(reduce(total = 0, number IN gaps | total + number)) / size(gaps), 6) END,
  longestIntervalDays: reduce(total = null, number IN gaps | CASE WHEN number < total THEN total ELSE number END)} AS it
RETURN it

// A person's scores, as a brand's customer or as the group's; of the group for callers of all brands. Scores and what they were
// made of are written together: where a part is missing (the sum is null then), somebody else wrote it, and nobody is scored.
// this: Person
// it: Rfm
// params: brand STRING, brands LIST<STRING>, asOf DATETIME, zone STRING, homeCurrency STRING
// locals: held
MATCH (this)-[:AS_CUSTOMER_OF*0..1]->(held)
WHERE held.recency + held.frequency + held.monetary + held.rfmOrders + held.rfmNetMinor IS NOT NULL
  AND held.rfmLastAt IS NOT NULL AND coalesce(held.brand, '*') = coalesce($brand, '*')
  AND ($brands IS NULL OR held.brand IN $brands)
WITH {recency: held.recency, frequency: held.frequency, monetary: held.monetary, segment: held.rfmSegment,
  segmentName: [coalesce(held.brand, '*'), held.rfmSegment], brand: coalesce(held.brand, '*'), lastOrderAt: held.rfmLastAt,
  daysSinceLast: duration.inDays(date(datetime({datetime: held.rfmLastAt, timezone: $zone})),
    date(datetime({datetime: $asOf, timezone: $zone}))).days,
  orders: held.rfmOrders, net: [held.rfmNetMinor, $homeCurrency]} AS it
RETURN it LIMIT 1

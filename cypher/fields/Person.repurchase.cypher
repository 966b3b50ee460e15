// How long a person takes to buy again: orders of one local day are one purchase. Who has bought once is expected as everybody is.
// this: Person
// it: RepurchaseCycle
// params: category STRING, brand STRING, brands LIST<STRING>, asOf DATETIME, zone STRING, homeCurrency STRING
// locals: held, bought, sold, day, dated, number, gaps, gap, sorted, usual, own, long, today
WITH date(datetime({datetime: $asOf, timezone: $zone})) AS today, COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held)<-[:PLACED_BY]-(bought)
  WHERE bought.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND bought.currency = $homeCurrency AND bought.at <= $asOf
    AND (held.factsFrom IS NULL OR bought.at >= held.factsFrom)
    AND ($brands IS NULL OR bought.brand IN $brands) AND ($brand IS NULL OR bought.brand = $brand)
    AND ($category IS NULL OR EXISTS { (bought)-[:CONTAINS]->(sold) WHERE sold.category = $category })
  RETURN DISTINCT date(datetime({datetime: bought.at, timezone: $zone})) AS day ORDER BY day } AS dated,
  COLLECT { MATCH (usual:RepurchaseCycle {key: coalesce($brand, '*') + '|' + coalesce($category, '*')})
    USING INDEX SEEK usual:RepurchaseCycle(key)
    WHERE $brands IS NULL OR usual.brand IN $brands RETURN usual.medianDays } AS usual
WITH today, dated, usual, [number IN range(1, size(dated) - 1) | duration.inDays(dated[number - 1], dated[number]).days] AS gaps
WITH today, dated, usual, gaps, COLLECT { UNWIND gaps AS gap RETURN gap ORDER BY gap } AS sorted
WITH today, dated, usual, gaps, CASE WHEN size(sorted) > 0
  THEN (sorted[(size(sorted) - 1) / 2] + sorted[size(sorted) / 2]) / 2.0 END AS own
WITH today, dated, gaps, usual, own,
  CASE WHEN coalesce(own, usual[0]) IS NOT NULL THEN dated[-1] + duration({days: toInteger(round(coalesce(own, usual[0])))}) END AS long
WITH {category: $category, purchases: size(dated), firstOn: dated[0], lastOn: dated[-1], medianDays: own,
  meanDays: CASE WHEN size(gaps) > 0 THEN round(toFloat(duration.inDays(dated[0], dated[-1]).days) / size(gaps), 6) END,
  nextExpected: long, dueInDays: duration.inDays(today, long).days,
  basis: CASE WHEN own IS NOT NULL THEN 'PERSON' WHEN long IS NOT NULL THEN 'BASE' END} AS it
RETURN it

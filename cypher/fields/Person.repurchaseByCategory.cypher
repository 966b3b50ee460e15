// The same for each category of products that a person has bought, by name.
// this: Person
// it: RepurchaseCycle
// params: brand STRING, brands LIST<STRING>, asOf DATETIME, zone STRING, homeCurrency STRING
// locals: held, bought, sold, kind, day, dated, number, gaps, gap, sorted, usual, own, long, today, pair, pairs
WITH COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held)<-[:PLACED_BY]-(bought)-[:CONTAINS]->(sold)
  WHERE bought.status IN ['PAID', 'SHIPPED', 'COMPLETED'] AND bought.currency = $homeCurrency AND bought.at <= $asOf
    AND (held.factsFrom IS NULL OR bought.at >= held.factsFrom) AND sold.category IS NOT NULL
    AND ($brands IS NULL OR bought.brand IN $brands) AND ($brand IS NULL OR bought.brand = $brand)
  WITH DISTINCT sold.category AS kind, date(datetime({datetime: bought.at, timezone: $zone})) AS day
  RETURN [kind, day] ORDER BY kind, day } AS pairs
UNWIND COLLECT { UNWIND pairs AS pair RETURN DISTINCT pair[0] } AS kind
WITH kind, [pair IN pairs WHERE pair[0] = kind | pair[1]] AS dated
WITH kind, dated, [number IN range(1, size(dated) - 1) | duration.inDays(dated[number - 1], dated[number]).days] AS gaps
WITH kind, dated, gaps, COLLECT { UNWIND gaps AS gap RETURN gap ORDER BY gap } AS sorted,
  COLLECT { MATCH (usual:RepurchaseCycle {key: coalesce($brand, '*') + '|' + kind}) USING INDEX SEEK usual:RepurchaseCycle(key)
    WHERE $brands IS NULL OR usual.brand IN $brands RETURN usual.medianDays } AS usual
WITH kind, dated, gaps, usual, CASE WHEN size(sorted) > 0
  THEN (sorted[(size(sorted) - 1) / 2] + sorted[size(sorted) / 2]) / 2.0 END AS own
WITH kind, dated, gaps, own,
  CASE WHEN coalesce(own, usual[0]) IS NOT NULL THEN dated[-1] + duration({days: toInteger(round(coalesce(own, usual[0])))}) END AS long,
  date(datetime({datetime: $asOf, timezone: $zone})) AS today
WITH {category: kind, purchases: size(dated), firstOn: dated[0], lastOn: dated[-1], medianDays: own,
  meanDays: CASE WHEN size(gaps) > 0 THEN round(toFloat(duration.inDays(dated[0], dated[-1]).days) / size(gaps), 6) END,
  nextExpected: long, dueInDays: duration.inDays(today, long).days,
  basis: CASE WHEN own IS NOT NULL THEN 'PERSON' WHEN long IS NOT NULL THEN 'BASE' END} AS it
RETURN it ORDER BY it.category

// A page of the cards whose last valid day lies between two days, both included, the soonest first: cards that somebody holds and
// that were not replaced.
// it: Card
// params: since DATE, until DATE, brand STRING, first INTEGER, after LIST<STRING>, brands LIST<STRING>
// locals: own
// cursor: toString(it.validTo), it.key
MATCH (it:Card)
USING INDEX SEEK it:Card(validTo)
WHERE it.validTo >= $since AND it.validTo <= $until
  AND ($after IS NULL OR it.validTo > date($after[0]) OR (it.validTo = date($after[0]) AND it.key > $after[1]))
  AND EXISTS { (it)-[:IDENTIFIES]->(:Person) } AND NOT EXISTS { (it)-[:REPLACED_BY]->() }
  AND ($brand IS NULL OR $brand IN it.brands) AND ($brands IS NULL OR any(own IN it.brands WHERE own IN $brands))
RETURN it ORDER BY it.validTo, it.key LIMIT $first + 1

// A page of a person's orders, the newest first; through a contested identifier only those since it is held.
// this: Person
// it: Order
// params: first INTEGER, after LIST<STRING>, from DATETIME, to DATETIME, status LIST<STRING>, brand STRING, shop STRING, brands LIST<STRING>
// locals: held, place
// cursor: toString(it.at), it.key
MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:PLACED_BY]-(it:Order)
WHERE (held.factsFrom IS NULL OR it.at >= held.factsFrom) AND ($brands IS NULL OR it.brand IN $brands)
  AND ($after IS NULL OR it.at < datetime($after[0]) OR (it.at = datetime($after[0]) AND it.key > $after[1]))
  AND ($from IS NULL OR it.at >= $from) AND ($to IS NULL OR it.at < $to)
  AND ($status IS NULL OR it.status IN $status) AND ($brand IS NULL OR it.brand = $brand)
  AND ($shop IS NULL OR EXISTS { (it)-[:PLACED_AT]->(place:Shop) WHERE place.key = $shop })
RETURN it ORDER BY it.at DESC, it.key LIMIT $first + 1

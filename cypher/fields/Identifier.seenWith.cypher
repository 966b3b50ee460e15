// A page of what was seen together with the identifier: active first, then by the newest sighting.
// this: Identifier
// it: Evidence
// params: first INTEGER, after LIST<STRING>, states LIST<STRING>, brands LIST<STRING>
// locals: link, far, brand
// cursor: it.state, toString(it.lastSeen), it.other.key
MATCH (this)-[link:LINKED]-(far:Identifier)
WHERE ($states IS NULL OR toUpper(link.state) IN $states)
  AND ($brands IS NULL OR any(brand IN link.brands WHERE brand IN $brands))
  AND ($after IS NULL OR link.state > $after[0] OR (link.state = $after[0] AND (
    link.lastSeen < datetime($after[1]) OR (link.lastSeen = datetime($after[1]) AND far.key > $after[2]))))
WITH link {.*, other: far} AS it
RETURN it ORDER BY it.state, it.lastSeen DESC, it.other.key LIMIT $first + 1

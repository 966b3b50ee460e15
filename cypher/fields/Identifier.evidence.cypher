// What was seen together with the identifier, active first, then by the newest sighting.
// this: Identifier
// it: Evidence
// params: brands LIST<STRING>
// locals: link, far, brand
MATCH (this)-[link:LINKED]-(far:Identifier)
WHERE $brands IS NULL OR any(brand IN link.brands WHERE brand IN $brands)
WITH link {.*, other: far} AS it
RETURN it ORDER BY it.state, it.lastSeen DESC, it.other.key

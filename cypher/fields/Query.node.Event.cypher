// The Event of a global id.
// it: Event
// params: key STRING, brands LIST<STRING>
MATCH (it:Event {key: $key})
USING INDEX SEEK it:Event(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

// The Card of a global id.
// it: Card
// params: key STRING, brands LIST<STRING>
// locals: brand
MATCH (it:Identifier&Card {key: $key})
USING INDEX SEEK it:Identifier(key)
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it

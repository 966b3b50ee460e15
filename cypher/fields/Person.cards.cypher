// The membership cards of a person, over all brands that the caller may see.
// this: Person
// it: Card
// params: brands LIST<STRING>
// locals: brand
MATCH (this)<-[:IDENTIFIES]-(it:Card)
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it ORDER BY it.key

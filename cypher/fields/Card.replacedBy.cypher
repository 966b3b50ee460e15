// The card that it moved to when it was lost.
// this: Card
// it: Card
// params: brands LIST<STRING>
// locals: brand
MATCH (this)-[:REPLACED_BY]->(it:Card)
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it

// The shops and apps that a person is known to: what issued an account or a card, or knows an OpenID.
// this: Person
// it: Shop
// params: brands LIST<STRING>
// locals: held, brand
MATCH (this)<-[:IDENTIFIES]-(held:Identifier)-[:ISSUED_BY|IN_APP]->(it:Shop)
WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
WITH DISTINCT it
RETURN it ORDER BY it.key

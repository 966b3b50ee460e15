// The identifiers that a person holds now.
// this: Person
// it: Identifier
// params: kinds LIST<STRING>, brands LIST<STRING>
// locals: brand
MATCH (this)<-[:IDENTIFIES]-(it:Identifier)
WHERE ($kinds IS NULL OR it.kind IN $kinds) AND ($brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands))
RETURN it ORDER BY it.kind, it.key

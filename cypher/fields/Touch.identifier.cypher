// The identifier that it hangs on: the best that any message of it carried.
// this: Touch
// it: Identifier
// params: brands LIST<STRING>
// locals: brand
MATCH (this)-[:SENT_TO]->(it:Identifier)
WHERE $brands IS NULL OR any(brand IN it.brands WHERE brand IN $brands)
RETURN it

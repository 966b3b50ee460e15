// How many people bought the product: exactly, or of one with more lines those of a million of them; and whether that is all.
// this: Product
// params: bought BOOLEAN, matches BOOLEAN, among LIST<STRING>, brands LIST<STRING>
// locals: q, given, known, one, brand, p, i, o, l
WITH this AS q
RETURN [COUNT {
  CALL (q) {
    WITH q WHERE $among IS NULL
    MATCH (q)<-[l:CONTAINS]-(o)
    WITH q, l, o LIMIT 1000000
    MATCH (o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)
    WHERE (i.factsFrom IS NULL OR o.at >= i.factsFrom) AND ($brands IS NULL OR o.brand IN $brands) AND $bought
    RETURN p
    UNION
    UNWIND $among AS given
    MATCH (p:Person {oneId: given})
    USING INDEX SEEK p:Person(oneId)
    WHERE EXISTS {
      MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)-[l:CONTAINS]->(one)
      WHERE one = q AND (i.factsFrom IS NULL OR o.at >= i.factsFrom) AND ($brands IS NULL OR o.brand IN $brands) AND $bought }
    RETURN p
  }
  WITH p WHERE p.status = 'ACTIVE'
    AND ($brands IS NULL OR EXISTS { (p)<-[:IDENTIFIES]-(known) WHERE any(brand IN known.brands WHERE brand IN $brands) })
    AND $matches
  RETURN p
}, $among IS NOT NULL OR COUNT { (q)<-[:CONTAINS]-() } <= 1000000]

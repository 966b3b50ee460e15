// A page of people who bought the product, by OneID. Where few of a rule match (`among`), those are looked at. Else of a product
// with few lines all buyers are; of another one people are, in the order of the page, and where too few of the next thousand
// match, all of its lines.
// this: Product
// it: Person
// params: first INTEGER, after LIST<STRING>, bought BOOLEAN, matches BOOLEAN, among LIST<STRING>, brands LIST<STRING>
// locals: q, start, few, near, far, given, known, one, brand, p, i, o, l
// cursor: it.oneId
WITH this AS q, coalesce($after[0], '') AS start,
  $among IS NOT NULL OR COUNT { (this)<-[:CONTAINS]-() } <= 1000 + 10 * $first AS few
WITH q, start, COLLECT {
  WITH q, start, few WHERE NOT few
  MATCH (p:Person)
  USING INDEX SEEK p:Person(oneId)
  WHERE p.oneId > start
  WITH q, p ORDER BY p.oneId LIMIT 1000 + 10 * $first
  WHERE p.status = 'ACTIVE' AND EXISTS {
      MATCH (p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)-[l:CONTAINS]->(one)
      WHERE one = q AND (i.factsFrom IS NULL OR o.at >= i.factsFrom) AND ($brands IS NULL OR o.brand IN $brands) AND $bought }
    AND ($brands IS NULL OR EXISTS { (p)<-[:IDENTIFIES]-(known) WHERE any(brand IN known.brands WHERE brand IN $brands) })
    AND $matches
  RETURN p ORDER BY p.oneId LIMIT $first + 1
} AS near
WITH near, COLLECT {
  WITH q, start, near WHERE size(near) <= $first
  CALL (q, start) {
    WITH q, start WHERE $among IS NULL
    MATCH (q)<-[l:CONTAINS]-(o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)
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
  WITH p WHERE p.oneId > start AND p.status = 'ACTIVE'
    AND ($brands IS NULL OR EXISTS { (p)<-[:IDENTIFIES]-(known) WHERE any(brand IN known.brands WHERE brand IN $brands) })
    AND $matches
  RETURN p ORDER BY p.oneId LIMIT $first + 1
} AS far
UNWIND CASE WHEN size(near) > $first THEN near ELSE far END AS it
RETURN it ORDER BY it.oneId LIMIT $first + 1

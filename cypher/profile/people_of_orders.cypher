// Whose orders have a number, or a key (brand|number): of each text the people, and the keys of those orders.
// rows: {texts LIST<STRING>, brands LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a
// list parameter.
// mode: read
// params: rows MAP
// returns: text STRING, one_ids LIST<STRING>, keys LIST<STRING>
// browser: :param rows => {texts: ['20260301001'], brands: null}
UNWIND $rows.texts AS text
CALL (text) {
  MATCH (o:Order {number: text})
  USING INDEX SEEK o:Order(number)
  RETURN o
  UNION
  MATCH (o:Order {key: text})
  USING INDEX SEEK o:Order(key)
  RETURN o
}
WITH text, o WHERE $rows.brands IS NULL OR o.brand IN $rows.brands
MATCH (o)-[:PLACED_BY]->(i:Identifier)-[:IDENTIFIES]->(p:Person)
WHERE i.factsFrom IS NULL OR o.at >= i.factsFrom
WITH text, o, p ORDER BY o.key
RETURN text, collect(DISTINCT p.oneId) AS one_ids, collect(DISTINCT o.key) AS keys

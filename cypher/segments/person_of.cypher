// The living person of a OneID, also of a merged one, or of the identifier that has one of these keys, or whose alias has.
// mode: read
// params: p MAP
// returns: one_id STRING
// browser: :param p => {oneId: null, keys: ["openid|app-1|o123"], brands: null}
CALL () {
  MATCH (known:Person {oneId: $p.oneId}) USING INDEX SEEK known:Person(oneId)
  RETURN known
  UNION
  UNWIND $p.keys AS key
  MATCH (held:Identifier {key: key})-[:IDENTIFIES]->(known:Person) USING INDEX SEEK held:Identifier(key)
  WHERE $p.brands IS NULL OR any(brand IN held.brands WHERE brand IN $p.brands)
  RETURN known
  UNION
  UNWIND $p.keys AS key
  MATCH (form:Alias {key: key})-[:OF]->(held:Identifier)-[:IDENTIFIES]->(known:Person) USING INDEX SEEK form:Alias(key)
  WHERE $p.brands IS NULL OR any(brand IN held.brands WHERE brand IN $p.brands)
  RETURN known
}
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH DISTINCT coalesce(survivor, known) AS person
WHERE person.status = 'ACTIVE'
RETURN person.oneId AS one_id LIMIT 1

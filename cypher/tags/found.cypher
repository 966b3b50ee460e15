// The living person that each is, by OneID (merged: the survivor) or by the first known of some keys; and each dependent that
// there is. Of a caller of some brands, those whom its brands know.
// rows: {people LIST<MAP>, dependents LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list
// parameter; each of the people is {oneId STRING, keys LIST<STRING>}.
// mode: read
// params: rows MAP, brands LIST<STRING>
// returns: people LIST<STRING>, dependents LIST<LIST<STRING>>
// browser: :param {brands: null, rows: {people: [{oneId: "P1", keys: []}], dependents: []}}
RETURN COLLECT {
  UNWIND range(0, size($rows.people) - 1) AS place
  WITH place, $rows.people[place] AS sought
  OPTIONAL MATCH (named:Person {oneId: sought.oneId})
  USING INDEX SEEK named:Person(oneId)
  OPTIONAL MATCH (named)-[:MERGED_INTO]->(survivor:Person)
  WITH place, coalesce(survivor, named, head(COLLECT {
    UNWIND range(0, size(sought.keys) - 1) AS rank
    OPTIONAL MATCH (stored:Identifier {key: sought.keys[rank]})
    USING INDEX SEEK stored:Identifier(key)
    OPTIONAL MATCH (alias:Alias {key: sought.keys[rank]})-[:OF]->(meant:Identifier)
    USING INDEX SEEK alias:Alias(key)
    WITH rank, coalesce(stored, meant) AS held
    MATCH (held)-[:IDENTIFIES]->(holder:Person)
    RETURN holder ORDER BY rank LIMIT 1
  })) AS p
  RETURN CASE WHEN p.status = 'ACTIVE' AND ($brands IS NULL OR EXISTS { (p)<-[:IDENTIFIES]-(i:Identifier)
    WHERE any(brand IN i.brands WHERE brand IN $brands) }) THEN p.oneId ELSE '' END AS one_id ORDER BY place
} AS people, COLLECT {
  UNWIND $rows.dependents AS key
  MATCH (d:Dependent {key: key})
  USING INDEX SEEK d:Dependent(key)
  WHERE $brands IS NULL OR d.brand IN $brands
  RETURN [d.key, d.kind]
} AS dependents

// The shortest way between two people, given by OneID (merged: the survivor) or by candidate keys, over identifiers, evidence
// and dependents: ten steps at most. For a caller of some brands, over what those know.
// it: Path
// params: oneIds LIST<STRING>, keys LIST<LIST<STRING>>, brands LIST<STRING>
// locals: place, known, survivor, rank, stored, meant, alias, held, holder, ends, one, other, way, node, tie, brand
UNWIND [0, 1] AS place
OPTIONAL MATCH (known:Person {oneId: $oneIds[place]})
USING INDEX SEEK known:Person(oneId)
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH place, coalesce(survivor, known, head(COLLECT {
  UNWIND range(0, size($keys[place]) - 1) AS rank
  OPTIONAL MATCH (stored:Identifier {key: $keys[place][rank]})
  USING INDEX SEEK stored:Identifier(key)
  OPTIONAL MATCH (alias:Alias {key: $keys[place][rank]})-[:OF]->(meant:Identifier)
  USING INDEX SEEK alias:Alias(key)
  WITH rank, coalesce(stored, meant) AS held
  MATCH (held)-[:IDENTIFIES]->(holder:Person)
  RETURN holder ORDER BY rank LIMIT 1
})) AS holder ORDER BY place
WITH collect(holder) AS ends
WITH ends[0] AS one, ends[1] AS other WHERE one <> other
MATCH way = shortestPath((one)-[:IDENTIFIES|LINKED|DEPENDENT_OF*..10]-(other))
WHERE all(node IN nodes(way) WHERE $brands IS NULL OR node:Person OR node.brand IN $brands
    OR any(brand IN node.brands WHERE brand IN $brands))
  AND all(tie IN relationships(way) WHERE coalesce(tie.state, '') <> 'proposed'
    AND ($brands IS NULL OR type(tie) <> 'LINKED' OR any(brand IN tie.brands WHERE brand IN $brands)))
WITH {length: length(way), nodes: nodes(way), ties: relationships(way)} AS it
RETURN it LIMIT 1

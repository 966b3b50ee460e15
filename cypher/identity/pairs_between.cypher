// What there is between pairs of identifiers, for a match rule that finds them alike: whether anybody saw them together
// or decided about them, and whether they are of two people, both living.
// rows: {pairs LIST<LIST<STRING>>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: a STRING, b STRING, judged BOOLEAN, apart BOOLEAN
// browser: :param rows => {pairs: []}
UNWIND $rows.pairs AS pair
MATCH (a:Identifier {key: pair[0]})
MATCH (b:Identifier {key: pair[1]})
OPTIONAL MATCH (a)-[:IDENTIFIES]->(p:Person)
OPTIONAL MATCH (b)-[:IDENTIFIES]->(q:Person)
RETURN a.key AS a, b.key AS b, EXISTS { (a)-[l:LINKED|PINNED|UNLINKED|NEVER_LINKED]-(b) WHERE l.rule IS NULL } AS judged,
  coalesce(p <> q, false) AS apart

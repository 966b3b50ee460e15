// Deletes identifiers with their evidence, pins, other forms and what finds them, and what only such a pin knew.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
OPTIONAL MATCH (n:NameIndex)-[:FINDS]->(i)
OPTIONAL MATCH (i)-[:NEVER_LINKED|UNLINKED|PINNED]-(unseen:Identifier)
WHERE unseen.firstSeen IS NULL AND COUNT { (unseen)-[:NEVER_LINKED|UNLINKED|PINNED]-() } = 1
OPTIONAL MATCH (other:Alias)-[:OF]->(unseen)
DETACH DELETE a, n, other, unseen, i

// Deletes identifiers with their evidence, pins and other forms.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
DETACH DELETE a, i

// Deletes identifiers with their evidence, pins and other forms.
// mode: write
// params: keys LIST<STRING>
// returns: nothing
// browser: :param keys => []
UNWIND $keys AS key
MATCH (i:Identifier {key: key})
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
DETACH DELETE a, i

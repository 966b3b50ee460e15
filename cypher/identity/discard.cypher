// Drops identifiers that a unit of work claimed and then did not need, unless a pin or a sighting knows them.
// mode: write
// params: keys LIST<STRING>
// returns: nothing
// browser: :param keys => []
UNWIND $keys AS key
MATCH (i:Identifier {key: key})
WHERE i.firstSeen IS NULL AND NOT EXISTS { (i)-[:NEVER_LINKED|UNLINKED|PINNED]-() }
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
DETACH DELETE a, i

// Drops identifiers that a unit of work claimed and then did not take in: their other forms, which only a sighting brings,
// and the identifiers themselves unless a pin knows them.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key}) WHERE i.firstSeen IS NULL
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
DETACH DELETE a
WITH DISTINCT i WHERE NOT EXISTS { (i)-[:NEVER_LINKED|UNLINKED|PINNED]-() }
DETACH DELETE i

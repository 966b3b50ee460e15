// Deletes pins that were undone, and what only they knew.
// rows: {pins LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {pins: []}
UNWIND $rows.pins AS row
MATCH (a:Identifier {key: row.a})-[pin:PINNED|UNLINKED|NEVER_LINKED {run: row.run}]-(b:Identifier {key: row.b})
WHERE type(pin) = row.type
DELETE pin
WITH collect(a) + collect(b) AS ends
UNWIND ends AS end
WITH DISTINCT end WHERE end.firstSeen IS NULL AND NOT EXISTS { (end)-[:NEVER_LINKED|UNLINKED|PINNED]-() }
OPTIONAL MATCH (form:Alias)-[:OF]->(end)
DETACH DELETE form, end

// Notes that a card was replaced by another one, unless it was already, or the other one by it in the end.
// rows: {old STRING, new STRING, properties MAP}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: replaced INTEGER
// browser: :param rows => {old: "card|beibei|C1", new: "card|beibei|C2", properties: {}}
MATCH (old:Identifier {key: $rows.old})
MATCH (new:Identifier {key: $rows.new})
WHERE NOT EXISTS { (old)-[:REPLACED_BY]->() } AND NOT EXISTS { (new)-[:REPLACED_BY*1..]->(old) }
CREATE (old)-[r:REPLACED_BY]->(new)
SET r = $rows.properties
RETURN count(r) AS replaced

// What the graph has been through: every migration that was applied.
// mode: read
// returns: name STRING, checksum STRING
// scan: admitted, a handful of nodes that are all wanted
MATCH (migration:Migration)
RETURN migration.name AS name, migration.checksum AS checksum
ORDER BY name

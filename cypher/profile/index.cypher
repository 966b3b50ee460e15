// Writes entries of the blind index; that of a name which has changed since it was read was written with the change.
// rows: {rows LIST<MAP {key STRING, name STRING, tokens STRING, place STRING, digest STRING}>}: one map, because Neo4j plans
// a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: written INTEGER
// browser: :param rows => {rows: []}
UNWIND $rows.rows AS row
MATCH (i:Identifier {key: row.key})
USING INDEX SEEK i:Identifier(key)
SET i.lock = true
WITH i, row WHERE row.name <> 'name' OR i.nameDigest = row.digest
MERGE (i)<-[:FINDS]-(n:NameIndex {name: row.name})
SET n.tokens = row.tokens, n.place = row.place
RETURN count(*) AS written

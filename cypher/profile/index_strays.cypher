// Drops entries of the blind index that stand for nothing: no identifier, no name any more, no phone.
// rows: {rows LIST<STRING>}: the kinds that are phones
// mode: write
// params: rows MAP
// returns: written INTEGER
// browser: :param rows => {rows: ['phone']}
// scan: admitted, a rebuild looks at every entry
MATCH (n:NameIndex)
OPTIONAL MATCH (n)-[:FINDS]->(i:Identifier)
WITH n, i WHERE i IS NULL OR (n.name = 'name' AND i.sealedName IS NULL) OR (n.name = 'digits' AND NOT i.kind IN $rows.rows)
DETACH DELETE n
RETURN count(*) AS written

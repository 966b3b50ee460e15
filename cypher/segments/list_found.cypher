// The identifier that each is that somebody holds, by the first known of some keys, with the place of it.
// rows: {sought LIST<LIST<STRING>>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: place INTEGER, key STRING
// browser: :param rows => {sought: [["cookie|*|c-1"]]}
UNWIND range(0, size($rows.sought) - 1) AS place
UNWIND range(0, size($rows.sought[place]) - 1) AS rank
WITH place, rank, $rows.sought[place][rank] AS key
OPTIONAL MATCH (stored:Identifier {key: key})
USING INDEX SEEK stored:Identifier(key)
OPTIONAL MATCH (alias:Alias {key: key})-[:OF]->(meant:Identifier)
USING INDEX SEEK alias:Alias(key)
WITH place, rank, coalesce(stored, meant) AS held
WHERE EXISTS { (held)-[:IDENTIFIES]->(:Person) }
WITH place, held ORDER BY place, rank
RETURN place, head(collect(held.key)) AS key

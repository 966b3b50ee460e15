// Takes erased identifiers out of the change feed, where keys of open kinds are readable, and what people wrote about them.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
// scan: admitted, erasures are rare and any line of the feed may name the identifier
MATCH (c:Change)
WHERE any(key IN c.gained WHERE key IN $rows.keys) OR any(key IN c.lost WHERE key IN $rows.keys)
SET c.gained = [key IN c.gained | CASE WHEN key IN $rows.keys THEN split(key, '|')[0] + '|erased' ELSE key END], c.reason = null,
    c.lost = [key IN c.lost | CASE WHEN key IN $rows.keys THEN split(key, '|')[0] + '|erased' ELSE key END]

// Takes erased identifiers out of the change feed, where keys of open kinds are readable.
// mode: write
// params: keys LIST<STRING>
// returns: nothing
// browser: :param keys => []
// scan: admitted, erasures are rare and any line of the feed may name the identifier
MATCH (c:Change)
WHERE any(key IN c.gained WHERE key IN $keys) OR any(key IN c.lost WHERE key IN $keys)
SET c.gained = [key IN c.gained | CASE WHEN key IN $keys THEN split(key, '|')[0] + '|erased' ELSE key END],
    c.lost = [key IN c.lost | CASE WHEN key IN $keys THEN split(key, '|')[0] + '|erased' ELSE key END]

// Identifiers of a kind whose newest sighting is older than a time, and which are not marked as expired yet.
// mode: read
// params: kind STRING, before INTEGER, limit INTEGER
// returns: key STRING
// browser: :param {kind: "cookie", before: 1700000000000000, limit: 100}
MATCH (i:Identifier)
WHERE i.lastSeen < datetime({epochSeconds: $before / 1000000, nanosecond: $before % 1000000 * 1000}) AND i.kind = $kind AND i.expired IS NULL
RETURN i.key AS key ORDER BY i.lastSeen LIMIT $limit

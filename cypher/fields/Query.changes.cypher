// Numbered changes after a number, in their order.
// it: Change
// params: after LIST<INTEGER>, first INTEGER, types LIST<STRING>
// cursor: it.seq
MATCH (it:Change)
WHERE it.seq > coalesce($after[0], 0) AND ($types IS NULL OR it.type IN $types)
RETURN it ORDER BY it.seq LIMIT $first + 1

// A page of who is in it, by OneID; over all brands, so for callers of all.
// this: Segment
// it: Person
// params: first INTEGER, after LIST<STRING>, brands LIST<STRING>
// cursor: it.oneId
MATCH (this)<-[:IN_SEGMENT]-(it:Person)
WHERE $brands IS NULL AND it.oneId > coalesce($after[0], '') AND it.status = 'ACTIVE'
RETURN it ORDER BY it.oneId LIMIT $first + 1

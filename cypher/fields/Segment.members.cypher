// A page of who is in it, by OneID, read from the index of places in segments; over all brands, so for callers of all.
// this: Segment
// it: Person
// params: first INTEGER, after LIST<STRING>, brands LIST<STRING>
// locals: spot, own, start
// cursor: it.oneId
WITH this, this.key AS own, coalesce($after[0], '') AS start
MATCH (it:Person)-[spot:IN_SEGMENT]->(this)
USING INDEX SEEK spot:IN_SEGMENT(segment, member)
WHERE spot.segment = own AND spot.member > start AND $brands IS NULL AND it.status = 'ACTIVE'
RETURN it ORDER BY spot.segment, spot.member LIMIT $first + 1

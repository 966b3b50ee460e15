// The saved segments that a person is in, by key; over all brands, so for callers of all.
// this: Person
// it: SegmentMembership
// params: brands LIST<STRING>
// locals: spot, known
MATCH (this)-[spot:IN_SEGMENT]->(known:Segment)
WHERE $brands IS NULL AND known.rule IS NOT NULL
WITH {segment: known, since: spot.since} AS it
RETURN it ORDER BY it.segment.key

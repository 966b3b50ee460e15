// Its size after every whole refresh, the newest first; over all brands, so for callers of all.
// this: Segment
// it: SegmentSize
// params: last INTEGER, brands LIST<STRING>
MATCH (this)<-[:SIZE_OF]-(it:SegmentSize)
WHERE $brands IS NULL
RETURN it ORDER BY it.at DESC LIMIT coalesce($last, 100)

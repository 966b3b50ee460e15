// Its definitions, the newest first.
// this: Segment
// it: SegmentVersion
MATCH (this)<-[:VERSION_OF]-(it:SegmentVersion)
RETURN it ORDER BY it.version DESC

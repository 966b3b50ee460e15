// The segment that the person is in.
// this: SegmentMembership
// it: Segment
WITH this.segment AS it
RETURN it

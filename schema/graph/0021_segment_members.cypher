// Who is in a saved segment, in the order of OneIDs: a page of a million members is read as fast as one of ten.

CREATE INDEX in_segment_member IF NOT EXISTS FOR ()-[spot:IN_SEGMENT]-() ON (spot.segment, spot.member);

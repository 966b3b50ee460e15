// Whether people are still to be taken through what was defined last.
// this: Segment
RETURN this.pending IS NOT NULL

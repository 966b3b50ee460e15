// Whether people are kept in it.
// this: Segment
RETURN coalesce(this.status, 'DRAFT')

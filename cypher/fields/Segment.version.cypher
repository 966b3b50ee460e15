// The version in force.
// this: Segment
RETURN coalesce(this.version, 0)

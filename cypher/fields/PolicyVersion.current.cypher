// Whether it is in force.
// this: PolicyVersion
RETURN coalesce(this.current, false)

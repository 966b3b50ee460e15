// How many people it merged into others.
// this: PolicyVersion
RETURN coalesce(this.merged, 0)

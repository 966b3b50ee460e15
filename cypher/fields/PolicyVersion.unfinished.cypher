// Whether people are still to be recomputed under it.
// this: PolicyVersion
RETURN coalesce(this.unfinished, false)

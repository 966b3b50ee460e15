// How many people it made.
// this: PolicyVersion
RETURN coalesce(this.created, 0)

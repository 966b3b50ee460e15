// How many people were split.
// this: PolicyVersion
RETURN coalesce(this.split, 0)

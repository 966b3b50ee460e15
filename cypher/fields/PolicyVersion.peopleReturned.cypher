// How many merged people it brought back.
// this: PolicyVersion
RETURN coalesce(this.returned, 0)

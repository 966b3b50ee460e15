// The other OneIDs of a merge or a split.
// this: Change
RETURN coalesce(this.others, [])

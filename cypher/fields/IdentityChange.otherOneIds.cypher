// The other OneIDs of a merge or a split.
// this: IdentityChange
RETURN coalesce(this.others, [])

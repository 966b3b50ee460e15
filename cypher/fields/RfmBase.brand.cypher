// The brand that it is of, `*` for the group.
// this: RfmBase
RETURN this.key

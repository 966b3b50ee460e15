// How many identifiers belong to somebody else since.
// this: PolicyVersion
RETURN coalesce(this.identifiersMoved, 0)

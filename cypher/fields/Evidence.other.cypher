// The identifier at the other end.
// this: Evidence
// it: Identifier
WITH this.other AS it
RETURN it

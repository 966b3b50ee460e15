// The identifier that leads to it, at one end.
// this: Shared
// it: Identifier
WITH this.theirs AS it WHERE it IS NOT NULL
RETURN it

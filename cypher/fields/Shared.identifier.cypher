// The identifier that both were seen with.
// this: Shared
// it: Identifier
WITH this.identifier AS it WHERE it IS NOT NULL
RETURN it

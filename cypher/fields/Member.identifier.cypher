// The account or card as an identifier.
// this: Member
// it: Identifier
WITH this AS it
RETURN it

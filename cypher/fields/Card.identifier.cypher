// The account or card as an identifier.
// this: Card
// it: Identifier
WITH this AS it
RETURN it

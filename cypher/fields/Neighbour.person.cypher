// The other person.
// this: Neighbour
// it: Person
WITH this.person AS it
RETURN it

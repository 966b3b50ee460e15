// The other person.
// this: Alike
// it: Person
WITH this.person AS it
RETURN it

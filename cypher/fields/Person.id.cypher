// What a global id of a Person is made of.
// this: Person
RETURN this.oneId

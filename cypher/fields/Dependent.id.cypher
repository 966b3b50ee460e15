// What a global id of a Dependent is made of.
// this: Dependent
RETURN this.key

// What a global id of an Operation is made of.
// this: Operation
RETURN this.id

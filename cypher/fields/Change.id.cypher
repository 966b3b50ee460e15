// What a global id of a Change is made of.
// this: Change
RETURN this.id

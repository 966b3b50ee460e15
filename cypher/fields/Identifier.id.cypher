// What a global id of this type is made of.
// this: Identifier
RETURN this.key

// What a global id of this type is made of.
// this: Card
RETURN this.key

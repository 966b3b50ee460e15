// What a global id of this type is made of.
// this: Shop
RETURN this.key

// What a global id of this type is made of.
// this: Product
RETURN this.key

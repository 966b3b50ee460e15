// What a global id of this type is made of.
// this: Brand
RETURN this.key

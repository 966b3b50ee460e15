// What a global id of this type is made of.
// this: Order
RETURN this.key

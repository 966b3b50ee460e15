// What a global id of this type is made of.
// this: Touch
RETURN this.key

// What a global id of this type is made of.
// this: Event
RETURN this.key

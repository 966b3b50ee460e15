// What a global id of this type is made of.
// this: Member
RETURN this.key

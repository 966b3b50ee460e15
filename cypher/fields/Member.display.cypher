// Its number as everybody may see it.
// this: Member
RETURN this.name

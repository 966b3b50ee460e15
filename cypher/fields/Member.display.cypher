// Its number as everybody may see it.
// this: Member
RETURN coalesce(this.value, this.name)

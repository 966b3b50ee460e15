// Its number as everybody may see it.
// this: Card
RETURN coalesce(this.value, this.name)

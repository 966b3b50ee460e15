// Its number as everybody may see it.
// this: Card
RETURN this.name

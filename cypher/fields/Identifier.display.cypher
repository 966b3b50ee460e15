// What a person would call the identifier, masked where it is personal.
// this: Identifier
RETURN coalesce(this.value, this.name)

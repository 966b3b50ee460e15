// When it was first told of.
// this: Dependent
RETURN this.said

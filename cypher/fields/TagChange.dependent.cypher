// The key of the dependent that carried it.
// this: TagChange
RETURN this.subject

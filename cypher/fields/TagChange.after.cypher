// The value that it has since then.
// this: TagChange
RETURN this.to

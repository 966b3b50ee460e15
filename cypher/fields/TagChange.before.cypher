// The value that it had, of one that changed or went.
// this: TagChange
RETURN this.from

// Whether what it was given is gone.
// this: Operation
RETURN this.payload IS NULL

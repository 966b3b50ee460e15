// Its place in the audit trail.
// this: Operation
RETURN this.seq

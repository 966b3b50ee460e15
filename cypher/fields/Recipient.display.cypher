// Who receives it, masked.
// this: Recipient
RETURN this.recipient

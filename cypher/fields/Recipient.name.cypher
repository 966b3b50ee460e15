// The recipient of an order, sealed, for callers who may read it.
// this: Recipient
// params: pii BOOLEAN
RETURN CASE WHEN $pii THEN this.sealedRecipient END

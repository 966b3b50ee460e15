// The member's name, sealed, for callers who may read it.
// this: Member
// params: pii BOOLEAN
RETURN CASE WHEN $pii THEN this.sealedName END

// The normalised value: stored readable for an open kind; of a personal one the sealed text, for who may read it.
// this: Identifier
// params: pii BOOLEAN
RETURN coalesce(this.value, CASE WHEN $pii THEN this.sealed END)

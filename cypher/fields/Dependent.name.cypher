// Its name, sealed for callers who may read it, masked for others.
// this: Dependent
// params: pii BOOLEAN
RETURN CASE WHEN $pii THEN this.sealedName ELSE this.name END

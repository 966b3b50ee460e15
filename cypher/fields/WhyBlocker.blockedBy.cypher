// The identifiers that block it.
// this: WhyBlocker
// it: Identifier
// locals: held
UNWIND this.blockedBy AS held
MATCH (it:Identifier {key: held})
USING INDEX SEEK it:Identifier(key)
RETURN it ORDER BY it.kind, it.key

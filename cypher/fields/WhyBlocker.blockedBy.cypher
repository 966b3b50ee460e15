// The identifiers that block it.
// this: WhyBlocker
// it: Identifier
// locals: held
UNWIND this.blockedBy AS held
MATCH (it:Identifier {key: held})
RETURN it ORDER BY it.kind, it.key

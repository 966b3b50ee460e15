// What a next step is done with.
// this: WhyNextStep
// it: Identifier
// locals: held
UNWIND this.identifiers AS held
MATCH (it:Identifier {key: held})
USING INDEX SEEK it:Identifier(key)
RETURN it ORDER BY it.kind, it.key

// One of the two identifiers.
// this: WhyDecision
// it: Identifier
MATCH (it:Identifier {key: this.b})
USING INDEX SEEK it:Identifier(key)
RETURN it

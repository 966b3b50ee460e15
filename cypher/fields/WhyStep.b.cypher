// One of the two identifiers.
// this: WhyStep
// it: Identifier
MATCH (it:Identifier {key: this.b})
USING INDEX SEEK it:Identifier(key)
RETURN it

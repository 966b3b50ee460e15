// One of the two identifiers.
// this: WhyStep
// it: Identifier
MATCH (it:Identifier {key: this.a})
RETURN it

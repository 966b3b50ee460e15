// One of the two identifiers.
// this: WhyDecision
// it: Identifier
MATCH (it:Identifier {key: this.a})
RETURN it

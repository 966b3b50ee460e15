// The brand that it is of.
// this: Dependent
// it: Brand
MATCH (it:Brand {key: this.brand})
USING INDEX SEEK it:Brand(key)
RETURN it

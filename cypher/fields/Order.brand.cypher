// The brand that it is of.
// this: Order
// it: Brand
MATCH (it:Brand {key: this.brand})
USING INDEX SEEK it:Brand(key)
RETURN it

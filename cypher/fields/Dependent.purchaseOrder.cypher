// The order that it was bought with, where it names one of its brand.
// this: Dependent
// it: Order
MATCH (it:Order {key: this.brand + '|' + this.a_order})
USING INDEX SEEK it:Order(key)
RETURN it

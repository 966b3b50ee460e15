// The product that it is, where its model is one that was sold.
// this: Dependent
// it: Product
MATCH (it:Product {key: this.a_model})
USING INDEX SEEK it:Product(key)
RETURN it

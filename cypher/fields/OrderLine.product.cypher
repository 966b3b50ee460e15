// The product of the line.
// this: OrderLine
// it: Product
WITH this.of AS it
RETURN it

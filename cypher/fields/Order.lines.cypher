// Its products in the order's own order, each with its share of what was taken off and paid back.
// this: Order
// it: OrderLine
// locals: bought, sold
MATCH (this)-[bought:CONTAINS]->(sold:Product)
WITH {place: bought.line, of: sold, quantity: bought.quantity, amount: [bought.amountMinor, this.currency],
  discount: [bought.discountMinor, this.currency], refunded: [bought.refundedMinor, this.currency],
  net: [bought.netMinor, this.currency]} AS it
RETURN it ORDER BY it.place, it.of.key

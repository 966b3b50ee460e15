// What was taken off: minor units, and of which currency.
// this: Order
RETURN [this.discountMinor, this.currency]

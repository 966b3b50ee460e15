// What was paid back, its lines' refunds included: minor units, and of which currency.
// this: Order
RETURN [this.refundedMinor, this.currency]

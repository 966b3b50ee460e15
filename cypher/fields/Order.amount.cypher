// What it cost after discount: minor units, and of which currency.
// this: Order
RETURN [this.amountMinor, this.currency]

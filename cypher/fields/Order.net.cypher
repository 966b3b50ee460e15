// What it cost less what was paid back: minor units, and of which currency.
// this: Order
RETURN [this.netMinor, this.currency]

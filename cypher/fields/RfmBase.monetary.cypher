// Minor units, and their currency.
// this: RfmBase
RETURN [this.monetary, this.currency]

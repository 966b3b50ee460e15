// What was paid less what was paid back: minor units of the deployment's currency, and which that is.
// this: BrandProfile
// params: homeCurrency STRING
RETURN [this.paidMinor - this.refundedMinor, $homeCurrency]

// Minor units of the deployment's currency, and which that is.
// this: BrandProfile
// params: homeCurrency STRING
RETURN [this.paidMinor, $homeCurrency]

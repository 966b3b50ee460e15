// Whose profile it is.
// this: BrandProfile
// it: Person
MATCH (this)<-[:AS_CUSTOMER_OF]-(it:Person)
RETURN it ORDER BY it.oneId LIMIT 1

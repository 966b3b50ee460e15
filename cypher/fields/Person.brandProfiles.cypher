// What is stored of a person as the customer of each brand that the caller may see.
// this: Person
// it: BrandProfile
// params: brands LIST<STRING>
MATCH (this)-[:AS_CUSTOMER_OF]->(it:BrandProfile)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it ORDER BY it.brand

// The brands that anybody has bought from, or that are named anywhere.
// mode: read
// returns: key STRING
// browser: MATCH (brand:Brand) RETURN brand
// scan: admitted, there are few brands
MATCH (brand:Brand)
RETURN brand.key AS key ORDER BY key

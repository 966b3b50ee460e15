// The Consent of a global id.
// it: Consent
// params: key STRING, brands LIST<STRING>
MATCH (it:Consent {key: $key})
USING INDEX SEEK it:Consent(key)
WHERE $brands IS NULL OR it.brand IN $brands
RETURN it

// What was said that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Consent
// locals: place
UNWIND range(0, size(this.consents) - 1) AS place
MATCH (it:Consent {key: this.consents[place]})
USING INDEX SEEK it:Consent(key)
RETURN it ORDER BY place

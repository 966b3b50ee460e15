// The identifiers that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Identifier
// locals: place
UNWIND range(0, size(this.identifiers) - 1) AS place
MATCH (it:Identifier {key: this.identifiers[place]})
USING INDEX SEEK it:Identifier(key)
RETURN it ORDER BY place

// The accounts that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Member
// locals: place
UNWIND range(0, size(this.members) - 1) AS place
MATCH (it:Identifier {key: this.members[place]})
USING INDEX SEEK it:Identifier(key)
RETURN it ORDER BY place

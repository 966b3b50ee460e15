// The dependents that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Dependent
// locals: place
UNWIND range(0, size(this.dependents) - 1) AS place
MATCH (it:Dependent {key: this.dependents[place]})
USING INDEX SEEK it:Dependent(key)
RETURN it ORDER BY place

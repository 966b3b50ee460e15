// The messages that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Touch
// locals: place
UNWIND range(0, size(this.touches) - 1) AS place
MATCH (it:Touch {key: this.touches[place]})
USING INDEX SEEK it:Touch(key)
RETURN it ORDER BY place

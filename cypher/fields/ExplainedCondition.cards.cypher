// The cards that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Card
// locals: place
UNWIND range(0, size(this.cards) - 1) AS place
MATCH (it:Identifier {key: this.cards[place]})
USING INDEX SEEK it:Identifier(key)
RETURN it ORDER BY place

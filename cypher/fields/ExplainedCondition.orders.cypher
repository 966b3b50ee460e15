// The orders that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Order
// locals: place
UNWIND range(0, size(this.orders) - 1) AS place
MATCH (it:Order {key: this.orders[place]})
USING INDEX SEEK it:Order(key)
RETURN it ORDER BY place

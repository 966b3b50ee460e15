// The behaviours that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Event
// locals: place
UNWIND range(0, size(this.events) - 1) AS place
MATCH (it:Event {key: this.events[place]})
USING INDEX SEEK it:Event(key)
RETURN it ORDER BY place

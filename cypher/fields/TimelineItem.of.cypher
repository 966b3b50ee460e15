// The thing itself.
// this: TimelineItem
// it: Node
// type: [label IN labels(it) WHERE label IN ['Order', 'Touch', 'Event', 'Consent', 'Dependent', 'Change']][0]
// locals: label
WITH this.of AS it
RETURN it

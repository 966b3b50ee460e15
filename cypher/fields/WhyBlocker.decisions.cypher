// What people decided about the two, the oldest first.
// this: WhyBlocker
// it: WhyDecision
UNWIND this.decisions AS it
RETURN it ORDER BY it.at

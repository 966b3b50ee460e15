// What keeps two identifiers apart, in the order that it comes up.
// it: WhyBlocker
// params: blockers LIST<MAP>
UNWIND $blockers AS it
RETURN it ORDER BY it.place

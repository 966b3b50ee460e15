// The changes that wait for a number now: a count that the database keeps.
// this: GraphHealth
RETURN COUNT { (:Unnumbered) }

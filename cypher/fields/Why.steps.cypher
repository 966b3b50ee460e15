// The steps from one identifier to the other.
// it: WhyStep
// params: steps LIST<MAP>
UNWIND $steps AS it
RETURN it ORDER BY it.place

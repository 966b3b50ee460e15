// The evidence that would have joined two people, the strongest first.
// it: WhyStep
// params: evidence LIST<MAP>
UNWIND $evidence AS it
RETURN it ORDER BY it.place

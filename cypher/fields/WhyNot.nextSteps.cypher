// What one could do about two identifiers.
// it: WhyNextStep
// params: nextSteps LIST<MAP>
UNWIND $nextSteps AS it
RETURN it ORDER BY it.place

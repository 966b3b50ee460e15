// The conditions of a rule that has been evaluated, from the top.
// it: ExplainedCondition
// params: conditions LIST<MAP>
UNWIND $conditions AS it
RETURN it ORDER BY it.place

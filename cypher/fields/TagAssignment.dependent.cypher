// The dependent that carries it.
// this: TagAssignment
// it: Dependent
WITH this.dependent AS it
WHERE it IS NOT NULL
RETURN it

// One end of a step: a person, an identifier, a dependent.
// this: PathStep
// it: Node
// type: CASE WHEN it:Person THEN 'Person' WHEN it:Dependent THEN 'Dependent' WHEN it:Member THEN 'Member' WHEN it:Card THEN 'Card' ELSE 'Identifier' END
WITH this.end AS it
RETURN it

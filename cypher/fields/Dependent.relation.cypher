// What it is to whom it belongs, in the newest words.
// this: Dependent
// locals: of
MATCH (this)-[of:DEPENDENT_OF]->(:Identifier)
WHERE of.relation IS NOT NULL
RETURN of.relation ORDER BY of.last DESC, of.relation LIMIT 1

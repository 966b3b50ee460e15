// Whom a rule was evaluated for.
// it: Person
// params: oneId STRING
MATCH (it:Person {oneId: $oneId})
USING INDEX SEEK it:Person(oneId)
RETURN it

// A page of those who match a rule, who have been found already; whoever was merged meanwhile is left out.
// it: Person
// params: oneIds LIST<STRING>, first INTEGER, after LIST<STRING>
// locals: found
// cursor: it.oneId
UNWIND $oneIds AS found
MATCH (it:Person {oneId: found})
USING INDEX SEEK it:Person(oneId)
WHERE it.status = 'ACTIVE' AND ($after IS NULL OR it.oneId > $after[0])
RETURN it ORDER BY it.oneId LIMIT $first + 1

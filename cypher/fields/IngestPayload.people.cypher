// The people that some observations are about, in the order of the observations.
// it: Person
// params: oneIds LIST<STRING>
// locals: place
UNWIND range(0, size($oneIds) - 1) AS place
MATCH (it:Person {oneId: $oneIds[place]})
RETURN it ORDER BY place

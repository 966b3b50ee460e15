// Locks more people, in the order of their ids: those that the first look at a cluster led to.
// mode: write
// params: people LIST<STRING>
// returns: locked INTEGER
// browser: :param people => []
UNWIND $people AS one_id
WITH one_id ORDER BY one_id
MATCH (p:Person {oneId: one_id})
SET p.lock = true
RETURN count(p) AS locked

// The living person of a OneID: of a merged one its survivor; an erased one answers for itself.
// it: Person
// params: oneId STRING
// locals: known, survivor
MATCH (known:Person {oneId: $oneId})
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH coalesce(survivor, known) AS it
RETURN it

// One person or null for each place of a list, in its order: by OneID (merged: the survivor) or by one key, where
// no kind that was asked for has hashes.
// it: Person
// params: oneIds LIST<STRING>, keys LIST<STRING>
// locals: place, known, survivor, holder
UNWIND range(0, size($oneIds) - 1) AS place
OPTIONAL MATCH (known:Person {oneId: $oneIds[place]})
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
OPTIONAL MATCH (:Identifier {key: $keys[place]})-[:IDENTIFIES]->(holder:Person)
WITH place, coalesce(survivor, known, holder) AS it
RETURN it ORDER BY place

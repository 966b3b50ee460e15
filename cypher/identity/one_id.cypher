// An identifier of the living person that a OneID leads to: the one that names it.
// mode: read
// params: one_id STRING
// returns: kind STRING, scope STRING, value STRING, sealed BYTES
// browser: :param one_id => "01K…"
MATCH (known:Person {oneId: $one_id})
OPTIONAL MATCH (known)-[:MERGED_INTO]->(survivor:Person)
WITH coalesce(survivor, known) AS p
MATCH (p)-[:OWNED_BY]->(i:Identifier)-[:IDENTIFIES]->(p)
RETURN i.kind AS kind, i.scope AS scope, i.value AS value, i.sealed AS sealed

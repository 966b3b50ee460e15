// How much evidence loses, of each kind or source, the most first.
// this: GraphHealth
// it: HealthRate
// params: of STRING
MATCH (this)-[:RATED]->(it:HealthRate)
WHERE $of IS NULL OR it.of = $of
RETURN it ORDER BY it.of, it.share DESC, it.name

// A page of the identifiers that were seen, by key, for a measurement of health: whom each identifies (the first, where it
// is several), to how many, and its marks. In one list, since a record each costs the driver ten times as much as its row.
// mode: read
// params: after STRING, size INTEGER
// returns: last STRING, rows LIST<LIST>
// browser: :param {after: "", size: 10}
MATCH (i:Identifier)
USING INDEX SEEK i:Identifier(key)
WHERE i.key > $after
WITH i ORDER BY i.key LIMIT $size
CALL (i) {
  OPTIONAL MATCH (i)-[:IDENTIFIES]->(p:Person)
  RETURN min(p.oneId) AS one_id, count(p) AS people
}
RETURN max(i.key) AS last, collect(CASE WHEN i.firstSeen IS NOT NULL THEN
  [i.key, one_id, people, coalesce(i.shared, false), coalesce(i.pending, false), coalesce(i.blocked OR i.expired, i.blocked, i.expired, false)] END) AS rows

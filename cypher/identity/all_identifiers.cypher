// Every identifier that was seen, for a full recompute; times in microseconds.
// mode: read
// returns: key STRING, kind STRING, scope STRING, value STRING, sealed BYTES, first INTEGER, last INTEGER, shared BOOLEAN, expired BOOLEAN, blocked BOOLEAN, contested BOOLEAN, pending BOOLEAN, people LIST<STRING>
// scan: admitted, a full recompute reads everything
MATCH (i:Identifier) WHERE i.firstSeen IS NOT NULL
RETURN i.key AS key, i.kind AS kind, i.scope AS scope, i.value AS value, i.sealed AS sealed,
  i.firstSeen.epochSeconds * 1000000 + i.firstSeen.microsecond AS first, i.lastSeen.epochSeconds * 1000000 + i.lastSeen.microsecond AS last,
  i.shared AS shared, i.expired AS expired, i.blocked AS blocked, i.contested AS contested, i.pending AS pending, [(i)-[:IDENTIFIES]->(p:Person) | p.oneId] AS people

// Every pair of identifiers seen together, for a full recompute; times in microseconds.
// mode: read
// returns: a STRING, b STRING, first INTEGER, last INTEGER, verified BOOLEAN, method STRING, confidence FLOAT, state STRING, reason STRING
// scan: admitted, a full recompute reads everything
MATCH (a:Identifier)-[l:LINKED]->(b:Identifier)
RETURN a.key AS a, b.key AS b, l.firstSeen.epochSeconds * 1000000 + l.firstSeen.microsecond AS first,
  l.lastSeen.epochSeconds * 1000000 + l.lastSeen.microsecond AS last, l.verified AS verified, l.method AS method, l.confidence AS confidence, l.state AS state, l.reason AS reason

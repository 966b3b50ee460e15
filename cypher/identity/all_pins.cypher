// Every pin, for a full recompute; times in microseconds.
// mode: read
// returns: type STRING, a STRING, b STRING, at INTEGER, run INTEGER
// scan: admitted, a full recompute reads everything
MATCH (a:Identifier)-[pin:PINNED|UNLINKED|NEVER_LINKED]->(b:Identifier)
RETURN type(pin) AS type, a.key AS a, b.key AS b, pin.at.epochSeconds * 1000000 + pin.at.microsecond AS at, pin.run AS run

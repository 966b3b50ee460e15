// The links by hand that hold, between identifiers that were never seen together.
// mode: read
// returns: a STRING, b STRING
// scan: admitted, people make links by hand, so they are few; a job alone asks
MATCH (a:Identifier)-[pin:PINNED]->(b:Identifier)
WHERE pin.state = 'active' AND NOT EXISTS { (a)-[:LINKED]-(b) }
RETURN a.key AS a, b.key AS b

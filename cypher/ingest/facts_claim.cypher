// Makes sure that the things a unit of work has facts of exist, locks them, and tells what of them is stored: nothing of
// those that are new. Things are claimed in the order given (sorted by key), so that concurrent writers wait for each other
// instead of meeting head-on. A dependent that facts are about and that nobody has told of is awaited by a node of its own
// label, which no reader asks for; its key is locked as if it were there, and it hands over to the dependent that comes.
// Order: [key, properties, PLACED_BY, PLACED_AT, CONTAINS]. Touch: [key, properties, SENT_TO]. Event: [key, properties, DONE_BY,
// ABOUT]. Dependent: [key, properties, DEPENDENT_OF]. Relationships as lists of [key of the other end, …]; times in microseconds.
// rows: {orders LIST<STRING>, touches LIST<STRING>, events LIST<STRING>, dependents LIST<STRING>, named LIST<STRING>, asserted LIST<LIST<STRING>>, products LIST<STRING>}: one map, because
// Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: orders LIST, touches LIST, events LIST, dependents LIST, awaited LIST<STRING>, asserted LIST, products LIST
// browser: :param rows => {orders: [], touches: [], events: [], dependents: [], named: [], asserted: [], products: []}
CALL () { UNWIND $rows.orders AS key
  MERGE (o:Order {key: key}) ON MATCH SET o.lock = true
  WITH o WHERE o.version IS NOT NULL
  RETURN collect([o.key, properties(o),
    [(o)-[h:PLACED_BY]->(i:Identifier) | [i.key, h.at.epochSeconds * 1000000 + h.at.microsecond]],
    [(o)-[:PLACED_AT]->(s:Shop) | [s.key]],
    [(o)-[c:CONTAINS]->(p:Product) | [p.key, c.line, c.quantity, c.amountMinor, c.ownRefundMinor]]]) AS orders }
CALL () { UNWIND $rows.touches AS key
  MERGE (t:Touch {key: key}) ON MATCH SET t.lock = true
  WITH t WHERE t.version IS NOT NULL
  RETURN collect([t.key, properties(t),
    [(t)-[h:SENT_TO]->(i:Identifier) | [i.key, h.at.epochSeconds * 1000000 + h.at.microsecond]]]) AS touches }
CALL () { UNWIND $rows.events AS key
  MERGE (e:Event {key: key}) ON MATCH SET e.lock = true
  WITH e WHERE e.version IS NOT NULL
  RETURN collect([e.key, properties(e),
    [(e)-[h:DONE_BY]->(i:Identifier) | [i.key, h.at.epochSeconds * 1000000 + h.at.microsecond]],
    [(e)-[:ABOUT]->(x) | [x.key, CASE WHEN x:Product THEN 'product' WHEN x:Shop THEN 'shop' ELSE 'dependent' END]]]) AS events }
CALL () { UNWIND $rows.dependents AS key
  MERGE (d:Dependent {key: key}) ON MATCH SET d.lock = true
  WITH d, key
  CALL (d, key) {
    WITH d, key WHERE d.kind IS NULL
    MATCH (w:Awaited {key: key}) USING INDEX SEEK w:Awaited(key)
    SET w.lock = true
    WITH d, w
    CALL (d, w) { MATCH (e)-[about:ABOUT]->(w) CREATE (e)-[:ABOUT]->(d) DELETE about }
    CALL (d, w) { MATCH (w)-[said:ASSERTED]->(t) CREATE (d)-[copy:ASSERTED]->(t) SET copy = properties(said) DELETE said }
    DELETE w
  }
  WITH d WHERE d.kind IS NOT NULL
  RETURN collect([d.key, properties(d),
    [(d)-[h:DEPENDENT_OF]->(i:Identifier) | [i.key, h.since.epochSeconds * 1000000 + h.since.microsecond,
      h.last.epochSeconds * 1000000 + h.last.microsecond, h.relation, h.related.epochSeconds * 1000000 + h.related.microsecond]]]) AS dependents }
CALL () { UNWIND $rows.named AS key
  MERGE (d:Dependent {key: key}) ON MATCH SET d.lock = true
  WITH d, key, d.kind IS NULL AS missing
  FOREACH (_ IN CASE WHEN missing THEN [1] ELSE [] END | DELETE d MERGE (w:Awaited {key: key}) SET w.name = key)
  RETURN collect(CASE WHEN missing THEN key END) AS awaited }
CALL () { UNWIND $rows.asserted AS row
  CALL (row) {
    WITH row WHERE row[0] = 'Identifier'
    MATCH (x:Identifier {key: row[1]}) USING INDEX SEEK x:Identifier(key)
    RETURN x
    UNION
    WITH row WHERE row[0] = 'Dependent'
    MATCH (x:Dependent {key: row[1]}) USING INDEX SEEK x:Dependent(key)
    RETURN x
    UNION
    WITH row WHERE row[0] = 'Dependent'
    MATCH (x:Awaited {key: row[1]}) USING INDEX SEEK x:Awaited(key)
    RETURN x
  }
  SET x.lock = true
  WITH x, row
  MATCH (x)-[said:ASSERTED]->(t:Tag) WHERE t.key = row[2]
  RETURN collect([row[0], row[1], row[2], said.since.epochSeconds * 1000000 + said.since.microsecond, said.value, said.by,
    said.brand, said.removed.epochSeconds * 1000000 + said.removed.microsecond]) AS asserted }
CALL () { UNWIND $rows.products AS key
  MATCH (p:Product {key: key}) USING INDEX SEEK p:Product(key)
  RETURN collect([p.key, p.name, p.t_name, p.category, p.t_category]) AS products }
RETURN orders, touches, events, dependents, awaited, asserted, products

// Writes what a unit of work decided about things that it has claimed (ingest/facts_claim). Only differences are written.
// Shops, products and tags are hubs, so relationships to them are never merged: the small end is locked, and they are created.
// `set` is [property, value], `times` [property, microseconds since 1970]; null takes away. People whose facts changed are
// marked once a unit, with its time `at`: whose identifiers are `marked`, and who is a guardian of the dependents `guarded`.
// rows: {orders LIST<MAP>, placed_by LIST<MAP>, placed_at LIST<MAP>, products LIST<MAP>, gone LIST<MAP>, changed LIST<MAP>, lines LIST<MAP>, touches LIST<MAP>, sent_to LIST<MAP>,
// events LIST<MAP>, done_by LIST<MAP>, about_gone LIST<MAP>, about_shops LIST<MAP>, about_products LIST<MAP>, about_dependents LIST<MAP>,
// dependents LIST<MAP>, guardians LIST<MAP>, consents LIST<MAP>, asserted LIST<MAP>, marked LIST<STRING>, guarded LIST<STRING>, at INTEGER}: one map,
// because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {orders: [], placed_by: [], placed_at: [], products: [], gone: [], changed: [], lines: [], touches: [], sent_to: [], events: [], done_by: [], about_gone: [], about_shops: [], about_products: [], about_dependents: [], dependents: [], guardians: [], consents: [], asserted: [], marked: [], guarded: [], at: 0}
CALL () { UNWIND $rows.orders AS row
  MATCH (o:Order {key: row.key}) USING INDEX SEEK o:Order(key)
  FOREACH (one IN row.set | SET o[one[0]] = one[1])
  FOREACH (one IN row.times | SET o[one[0]] = CASE WHEN one[1] IS NOT NULL
    THEN datetime({epochSeconds: one[1] / 1000000, nanosecond: one[1] % 1000000 * 1000}) END) }
CALL () { UNWIND $rows.placed_by AS row
  MATCH (o:Order {key: row.key}) USING INDEX SEEK o:Order(key)
  MATCH (i:Identifier {key: row.holder}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (o)-[old:PLACED_BY]->()
  DELETE old
  CREATE (o)-[:PLACED_BY {rank: row.rank, at: datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000})}]->(i) }
CALL () { UNWIND $rows.placed_at AS row
  MATCH (o:Order {key: row.key}) USING INDEX SEEK o:Order(key)
  OPTIONAL MATCH (o)-[old:PLACED_AT]->()
  DELETE old
  MERGE (s:Shop {key: row.shop}) ON CREATE SET s.name = row.shop
  CREATE (o)-[:PLACED_AT]->(s) }
CALL () { UNWIND $rows.products AS row
  MERGE (p:Product {key: row.key}) ON CREATE SET p.name = row.key
  SET p.lock = true
  WITH p, row
  UNWIND row.said AS said
  WITH p, said[0] AS field, 't_' + said[0] AS stamp, said[1] AS value, said[2] AS day
  WHERE p[stamp] IS NULL OR day > p[stamp] OR (day = p[stamp] AND value > p[field])
  SET p[field] = value, p[stamp] = day }
CALL () { UNWIND $rows.gone AS row
  MATCH (o:Order {key: row.key})-[c:CONTAINS]->(p:Product) USING INDEX SEEK o:Order(key)
  WHERE p.key = row.product
  DELETE c }
CALL () { UNWIND $rows.changed AS row
  MATCH (o:Order {key: row.key})-[c:CONTAINS]->(p:Product) USING INDEX SEEK o:Order(key)
  WHERE p.key = row.product
  SET c.line = row.line, c.quantity = row.quantity, c.amountMinor = row.amount, c.discountMinor = row.discount,
    c.ownRefundMinor = row.own, c.refundedMinor = row.refunded, c.netMinor = row.net }
CALL () { UNWIND $rows.lines AS row
  MATCH (o:Order {key: row.key}) USING INDEX SEEK o:Order(key)
  MERGE (p:Product {key: row.product}) ON CREATE SET p.name = row.product
  CREATE (o)-[:CONTAINS {line: row.line, quantity: row.quantity, amountMinor: row.amount, discountMinor: row.discount,
    ownRefundMinor: row.own, refundedMinor: row.refunded, netMinor: row.net}]->(p) }
CALL () { UNWIND $rows.touches AS row
  MATCH (t:Touch {key: row.key}) USING INDEX SEEK t:Touch(key)
  FOREACH (one IN row.set | SET t[one[0]] = one[1])
  FOREACH (one IN row.times | SET t[one[0]] = CASE WHEN one[1] IS NOT NULL
    THEN datetime({epochSeconds: one[1] / 1000000, nanosecond: one[1] % 1000000 * 1000}) END) }
CALL () { UNWIND $rows.sent_to AS row
  MATCH (t:Touch {key: row.key}) USING INDEX SEEK t:Touch(key)
  MATCH (i:Identifier {key: row.holder}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (t)-[old:SENT_TO]->()
  DELETE old
  CREATE (t)-[:SENT_TO {at: datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000})}]->(i) }
CALL () { UNWIND $rows.events AS row
  MATCH (e:Event {key: row.key}) USING INDEX SEEK e:Event(key)
  FOREACH (one IN row.set | SET e[one[0]] = one[1])
  FOREACH (one IN row.times | SET e[one[0]] = CASE WHEN one[1] IS NOT NULL
    THEN datetime({epochSeconds: one[1] / 1000000, nanosecond: one[1] % 1000000 * 1000}) END) }
CALL () { UNWIND $rows.done_by AS row
  MATCH (e:Event {key: row.key}) USING INDEX SEEK e:Event(key)
  MATCH (i:Identifier {key: row.holder}) USING INDEX SEEK i:Identifier(key)
  OPTIONAL MATCH (e)-[old:DONE_BY]->()
  DELETE old
  CREATE (e)-[:DONE_BY {at: datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000})}]->(i) }
CALL () { UNWIND $rows.about_gone AS row
  MATCH (e:Event {key: row.key})-[old:ABOUT]->(x) USING INDEX SEEK e:Event(key)
  WHERE x.key = row.about AND row.what = CASE WHEN x:Product THEN 'product' WHEN x:Shop THEN 'shop' ELSE 'dependent' END
  DELETE old }
CALL () { UNWIND $rows.about_shops AS row
  MATCH (e:Event {key: row.key}) USING INDEX SEEK e:Event(key)
  MERGE (s:Shop {key: row.about}) ON CREATE SET s.name = row.about
  CREATE (e)-[:ABOUT]->(s) }
CALL () { UNWIND $rows.about_products AS row
  MATCH (e:Event {key: row.key}) USING INDEX SEEK e:Event(key)
  MERGE (p:Product {key: row.about}) ON CREATE SET p.name = row.about
  CREATE (e)-[:ABOUT]->(p) }
CALL () { UNWIND $rows.about_dependents AS row
  MATCH (e:Event {key: row.key}) USING INDEX SEEK e:Event(key)
  CALL (row) {
    MATCH (x:Dependent {key: row.about}) USING INDEX SEEK x:Dependent(key)
    RETURN x
    UNION
    MATCH (x:Awaited {key: row.about}) USING INDEX SEEK x:Awaited(key)
    RETURN x
  }
  CREATE (e)-[:ABOUT]->(x) }
CALL () { UNWIND $rows.dependents AS row
  MATCH (d:Dependent {key: row.key}) USING INDEX SEEK d:Dependent(key)
  FOREACH (label IN row.unlabelled | REMOVE d:$(label))
  FOREACH (label IN row.labelled | SET d:$(label))
  FOREACH (one IN row.set | SET d[one[0]] = one[1])
  FOREACH (one IN row.times | SET d[one[0]] = CASE WHEN one[1] IS NOT NULL
    THEN datetime({epochSeconds: one[1] / 1000000, nanosecond: one[1] % 1000000 * 1000}) END) }
CALL () { UNWIND $rows.guardians AS row
  MATCH (d:Dependent {key: row.key}) USING INDEX SEEK d:Dependent(key)
  MATCH (i:Identifier {key: row.holder}) USING INDEX SEEK i:Identifier(key)
  MERGE (d)-[h:DEPENDENT_OF]->(i)
  SET h.since = datetime({epochSeconds: row.since / 1000000, nanosecond: row.since % 1000000 * 1000}),
    h.last = datetime({epochSeconds: row.last / 1000000, nanosecond: row.last % 1000000 * 1000}), h.relation = row.relation,
    h.related = CASE WHEN row.related IS NOT NULL
      THEN datetime({epochSeconds: row.related / 1000000, nanosecond: row.related % 1000000 * 1000}) END }
CALL () { UNWIND $rows.consents AS row
  MATCH (i:Identifier {key: row.holder}) USING INDEX SEEK i:Identifier(key)
  MERGE (c:Consent {key: row.key})
  WITH c, i, row, c.at IS NULL AS fresh
  WHERE fresh OR (c.granted AND NOT row.granted) OR (c.granted = row.granted AND row.source > c.source)
  FOREACH (_ IN CASE WHEN fresh THEN [1] ELSE [] END | CREATE (c)-[:GIVEN_BY]->(i))
  SET c.brand = row.brand, c.channel = row.channel, c.purpose = row.purpose, c.granted = row.granted, c.source = row.source,
    c.name = row.name, c.at = datetime({epochSeconds: row.at / 1000000, nanosecond: row.at % 1000000 * 1000})
  WITH i MATCH (i)-[:IDENTIFIES]->(p:Person)
  WITH DISTINCT p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
  WHERE p.dirtyAt IS NULL OR p.dirtyAt <> at
  SET p.dirtyAt = at }
CALL () { UNWIND $rows.asserted AS row
  CALL (row) {
    WITH row WHERE row.label = 'Identifier'
    MATCH (x:Identifier {key: row.key}) USING INDEX SEEK x:Identifier(key)
    RETURN x
    UNION
    WITH row WHERE row.label = 'Dependent'
    MATCH (x:Dependent {key: row.key}) USING INDEX SEEK x:Dependent(key)
    RETURN x
    UNION
    WITH row WHERE row.label = 'Dependent'
    MATCH (x:Awaited {key: row.key}) USING INDEX SEEK x:Awaited(key)
    RETURN x
  }
  MERGE (t:Tag {key: row.tag}) ON CREATE SET t.name = row.tag
  WITH x, t, row
  FOREACH (_ IN CASE WHEN row.fresh THEN [1] ELSE [] END | CREATE (x)-[:ASSERTED]->(t))
  WITH x, t, row
  MATCH (x)-[said:ASSERTED]->(t)
  SET said.since = datetime({epochSeconds: row.since / 1000000, nanosecond: row.since % 1000000 * 1000}),
    said.value = row.value, said.by = row.by, said.brand = row.brand, said.until = null
  FOREACH (_ IN CASE WHEN row.lifted THEN [1] ELSE [] END | SET said.removed = null, said.reason = null) }
CALL () { UNWIND $rows.marked AS key
  MATCH (i:Identifier {key: key})-[:IDENTIFIES]->(p:Person) USING INDEX SEEK i:Identifier(key)
  WITH DISTINCT p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
  WHERE p.dirtyAt IS NULL OR p.dirtyAt <> at
  SET p.dirtyAt = at }
CALL () { UNWIND $rows.guarded AS key
  MATCH (d:Dependent {key: key})-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person) USING INDEX SEEK d:Dependent(key)
  WITH DISTINCT p, datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS at
  WHERE p.dirtyAt IS NULL OR p.dirtyAt <> at
  SET p.dirtyAt = at }

// Stores what people have bought: of the group on the person, of a brand on the person as its customer. A brand is a hub, so
// the relationship to it is never merged. Who is no customer of a brand any more has no profile there, and who is nobody now
// (merged, erased) has no figures.
// rows: {people LIST<MAP {one_id STRING, own LIST}>, profiles LIST<MAP {key STRING, one_id STRING, brand STRING, own LIST}>,
// gone LIST<STRING>, at INTEGER}: own is [orders, pieces, paid, discount, refunded, first, last], money in minor units, times in
// microseconds, or null; one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {people: [], profiles: [], gone: [], at: 0}
WITH datetime({epochSeconds: $rows.at / 1000000, nanosecond: $rows.at % 1000000 * 1000}) AS now
CALL (now) { UNWIND $rows.people AS row
  MATCH (p:Person {oneId: row.one_id})
  USING INDEX SEEK p:Person(oneId)
  SET p.orders = row.own[0], p.pieces = row.own[1], p.paidMinor = row.own[2], p.discountMinor = row.own[3],
    p.refundedMinor = row.own[4],
    p.firstOrderAt = CASE WHEN row.own[5] IS NOT NULL
      THEN datetime({epochSeconds: row.own[5] / 1000000, nanosecond: row.own[5] % 1000000 * 1000}) END,
    p.lastOrderAt = CASE WHEN row.own[6] IS NOT NULL
      THEN datetime({epochSeconds: row.own[6] / 1000000, nanosecond: row.own[6] % 1000000 * 1000}) END,
    p.refreshedAt = CASE WHEN row.own IS NOT NULL THEN now END }
CALL (now) { UNWIND $rows.profiles AS row
  MATCH (p:Person {oneId: row.one_id})
  USING INDEX SEEK p:Person(oneId)
  MERGE (c:BrandProfile {key: row.key}) ON CREATE SET c.brand = row.brand
  SET c.orders = row.own[0], c.pieces = row.own[1], c.paidMinor = row.own[2], c.discountMinor = row.own[3],
    c.refundedMinor = row.own[4],
    c.firstOrderAt = datetime({epochSeconds: row.own[5] / 1000000, nanosecond: row.own[5] % 1000000 * 1000}),
    c.lastOrderAt = datetime({epochSeconds: row.own[6] / 1000000, nanosecond: row.own[6] % 1000000 * 1000}),
    c.refreshedAt = now
  MERGE (p)-[:AS_CUSTOMER_OF]->(c)
  WITH c, row WHERE NOT EXISTS { (c)-[:FOR_BRAND]->() }
  MERGE (b:Brand {key: row.brand}) ON CREATE SET b.name = row.brand
  SET c.name = b.name
  CREATE (c)-[:FOR_BRAND]->(b) }
CALL () { UNWIND $rows.gone AS key
  MATCH (c:BrandProfile {key: key})
  USING INDEX SEEK c:BrandProfile(key)
  DETACH DELETE c }

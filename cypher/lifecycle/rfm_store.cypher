// Writes the scores that are different now, of people and of their profiles with brands; nulls where there are none any more.
// rows: {people LIST<MAP>, profiles LIST<MAP>}, each {holder STRING, recency INTEGER, frequency INTEGER, monetary INTEGER,
// segment STRING, orders INTEGER, net INTEGER, last DATETIME}: one map, because Neo4j plans a statement anew for every size class
// of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {people: [], profiles: []}
CALL () {
  UNWIND $rows.people AS row
  MATCH (held:Person {oneId: row.holder}) USING INDEX SEEK held:Person(oneId)
  RETURN row, held
  UNION ALL
  UNWIND $rows.profiles AS row
  MATCH (held:BrandProfile {key: row.holder}) USING INDEX SEEK held:BrandProfile(key)
  RETURN row, held
}
SET held.recency = row.recency, held.frequency = row.frequency, held.monetary = row.monetary, held.rfmSegment = row.segment,
  held.rfmOrders = row.orders, held.rfmNetMinor = row.net, held.rfmLastAt = row.last

// Writes tombstones: erased forms of identifiers, which drop them from observations.
// rows: {stones LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {stones: []}
UNWIND $rows.stones AS row
MERGE (t:Tombstone {key: row.key}) ON CREATE SET t.name = 'erased'
SET t.group = row.group, t.keyVersion = 1, t.lifted = row.lifted,
    t.erasedAt = datetime({epochSeconds: row.erased / 1000000, nanosecond: row.erased % 1000000 * 1000}),
    t.restoredAt = CASE WHEN row.restored IS NOT NULL
      THEN datetime({epochSeconds: row.restored / 1000000, nanosecond: row.restored % 1000000 * 1000}) END

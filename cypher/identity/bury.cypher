// Writes tombstones: erased forms of identifiers, which drop them from observations.
// mode: write
// params: rows LIST<MAP>
// returns: nothing
// browser: :param rows => []
UNWIND $rows AS row
MERGE (t:Tombstone {key: row.key}) ON CREATE SET t.name = 'erased'
SET t.group = row.group,
    t.erasedAt = datetime({epochSeconds: row.erased / 1000000, nanosecond: row.erased % 1000000 * 1000}),
    t.restoredAt = CASE WHEN row.restored IS NOT NULL
      THEN datetime({epochSeconds: row.restored / 1000000, nanosecond: row.restored % 1000000 * 1000}) END

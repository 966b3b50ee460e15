// Writes lines of the change feed, as app/feed/lines.py makes them; the sequencer numbers them once they are committed.
// rows: {changes LIST<MAP>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {changes: []}
UNWIND $rows.changes AS row
CREATE (:Change:Unnumbered {id: row.id, type: row.type, at: row.at, cause: row.cause, oneId: row.one_id, others: [], gained: [],
  lost: [], brand: row.brand, subject: row.subject, tag: row.tag, segment: row.segment, stage: row.stage, journey: row.journey,
  from: row.from, to: row.to, by: row.by, reason: row.reason, operation: row.operation, name: row.name})

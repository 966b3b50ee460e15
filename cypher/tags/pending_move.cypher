// Everybody up to a OneID has been looked at for these tags, or everybody (null); not for one that was defined anew meanwhile.
// rows: {tags LIST<MAP>, cursor STRING}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {tags: [{key: "vip", pending: 1}], cursor: null}
UNWIND $rows.tags AS row
MATCH (t:Tag {key: row.key})
USING INDEX SEEK t:Tag(key)
SET t.lock = true
WITH t, row WHERE t.pending = row.pending
SET t.cursor = $rows.cursor, t.pending = CASE WHEN $rows.cursor IS NOT NULL THEN t.pending END

// Lets everybody be taken through some tags again, whose rules look at figures that are worked out of everybody at once.
// rows: {tags LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {tags: []}
UNWIND $rows.tags AS key
MATCH (t:Tag {key: key})
USING INDEX SEEK t:Tag(key)
SET t.lock = true
WITH t WHERE t.pending IS NULL
SET t.pending = t.version, t.pendingCause = 'RULE'

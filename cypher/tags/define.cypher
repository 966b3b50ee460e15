// Writes a definition and keeps it as a version. Where who carries the tag may be others now, it is pending: the job refresh-tags
// begins again with it.
// rows: {tag MAP, definition STRING, pending BOOLEAN}: one map, because Neo4j plans a statement anew for every size class of a
// list parameter.
// mode: write
// params: rows MAP, at DATETIME, by STRING, reason STRING
// returns: nothing
// browser: :param {at: datetime(), by: "me", reason: "why", rows: {tag: {key: "vip", version: 1, name: "VIP", defined: true}, definition: "{}", pending: false}}
MERGE (t:Tag {key: $rows.tag.key})
SET t.name = $rows.tag.name, t.category = $rows.tag.category, t.subject = $rows.tag.subject, t.valueType = $rows.tag.valueType,
    t.setBy = $rows.tag.setBy, t.choices = $rows.tag.choices, t.rule = $rows.tag.rule, t.group = $rows.tag.group,
    t.rank = $rows.tag.rank, t.validFor = $rows.tag.validFor, t.owner = $rows.tag.owner, t.version = $rows.tag.version,
    t.defined = $rows.tag.defined, t.retired = $rows.tag.retired
FOREACH (_ IN CASE WHEN $rows.pending THEN [1] ELSE [] END | SET t.pending = t.version, t.pendingCause = 'DEFINITION' REMOVE t.cursor)
CREATE (:TagVersion {key: t.key + '|' + toString(t.version), name: t.key + ' ' + toString(t.version), version: t.version, at: $at,
  by: $by, reason: $reason, definition: $rows.definition})-[:VERSION_OF]->(t)

// Notes how far the import of a file is: everything before this line and offset is stored, and these units after it.
// rows: {key STRING, name STRING, size INTEGER, policy INTEGER, line INTEGER, offset INTEGER, plan STRING, done LIST<INTEGER>,
// accepted INTEGER, rejected INTEGER, warnings LIST<STRING>, warned LIST<INTEGER>, rejects INTEGER}: one map, because Neo4j
// plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {key: "…"}
MERGE (i:Import {key: $rows.key})
SET i.name = $rows.name, i.size = $rows.size, i.policy = $rows.policy, i.line = $rows.line, i.offset = $rows.offset,
    i.plan = $rows.plan, i.done = $rows.done, i.accepted = $rows.accepted, i.rejected = $rows.rejected,
    i.warnings = $rows.warnings, i.warned = $rows.warned, i.rejects = $rows.rejects, i.at = datetime()

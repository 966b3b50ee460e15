// Counts what one step of applying a policy changed; the last step says that it is done.
// rows: {version INTEGER, created INTEGER, merged INTEGER, split INTEGER, returned INTEGER, owners INTEGER, moved INTEGER, done BOOLEAN}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {version: 2, created: 0, merged: 0, split: 0, returned: 0, owners: 0, moved: 0, done: false}
MATCH (p:Policy {version: $rows.version})
SET p.created = coalesce(p.created, 0) + $rows.created, p.merged = coalesce(p.merged, 0) + $rows.merged,
    p.split = coalesce(p.split, 0) + $rows.split, p.returned = coalesce(p.returned, 0) + $rows.returned,
    p.ownersChanged = coalesce(p.ownersChanged, 0) + $rows.owners,
    p.identifiersMoved = coalesce(p.identifiersMoved, 0) + $rows.moved,
    p.unfinished = CASE WHEN $rows.done THEN null ELSE p.unfinished END

// Drops runs that began before a time, the oldest first, so many at once.
// mode: write
// params: before DATETIME, limit INTEGER
// returns: pruned INTEGER
// browser: :param {before: datetime() - duration("P30D"), limit: 5000}
MATCH (run:JobRun) WHERE run.started < $before
WITH run ORDER BY run.started LIMIT $limit
DETACH DELETE run
RETURN count(*) AS pruned

// Of these slots, those to make good: begun and not finished, or not begun although somebody saw to the job by then.
// mode: read
// params: slots LIST<MAP>
// returns: job STRING
// browser: :param slots => [{job: "prune", slot: datetime("2025-01-01T16:30:00Z")}]
UNWIND $slots AS due
MATCH (job:Job {name: due.job})
OPTIONAL MATCH (run:JobRun {job: due.job, slot: due.slot})
WITH due, job, run WHERE run.finished IS NULL AND (run IS NOT NULL OR job.since <= due.slot)
RETURN due.job AS job

// How far the run that a job is at has come; no row, or null, when it is at its beginning.
// mode: read
// params: job STRING
// returns: cursor STRING
// browser: :param job => "reconcile"
MATCH (job:Job {name: $job})
MATCH (run:JobRun {job: $job, slot: job.running})
RETURN run.cursor AS cursor

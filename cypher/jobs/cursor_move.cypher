// Writes down how far the run that a job is at has come, so that another attempt goes on there.
// mode: write
// params: job STRING, cursor STRING
// returns: nothing
// browser: :param {job: "reconcile", cursor: ""}
MATCH (job:Job {name: $job})
MATCH (run:JobRun {job: $job, slot: job.running})
SET run.cursor = $cursor

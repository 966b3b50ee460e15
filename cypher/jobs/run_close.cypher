// Closes a run with what it came to. Counts are properties of their own, with the prefix n_, so that they can be summed.
// mode: write
// params: job STRING, slot DATETIME, status STRING, counts MAP, failures LIST<STRING>, error STRING
// returns: nothing
// browser: :param {job: "prune", slot: datetime(), status: "DONE", counts: {n_runs: 0}, failures: [], error: null}
MATCH (job:Job {name: $job})
MATCH (run:JobRun {job: $job, slot: $slot})
SET run += $counts
SET run.status = $status, run.finished = datetime(), run.error = $error,
    run.failures = CASE WHEN $failures <> [] THEN $failures END
REMOVE job.running

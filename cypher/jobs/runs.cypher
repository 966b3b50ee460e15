// The last runs of each of these jobs, the latest slot first.
// mode: read
// params: jobs LIST<STRING>, limit INTEGER
// returns: job STRING, slot DATETIME, as_of DATETIME, started DATETIME, finished DATETIME, status STRING, attempts INTEGER, counts LIST<LIST>, failures LIST<STRING>, error STRING
// browser: :param {jobs: ["prune"], limit: 20}
UNWIND $jobs AS job
CALL (job) {
  MATCH (run:JobRun {job: job}) WHERE run.slot > datetime('1970-01-01T00:00:00Z')
  RETURN run ORDER BY run.job DESC, run.slot DESC LIMIT $limit
}
RETURN job, run.slot AS slot, run.asOf AS as_of, run.started AS started, run.finished AS finished, run.status AS status,
  run.attempts AS attempts, [key IN keys(run) WHERE key STARTS WITH 'n_' | [substring(key, 2), run[key]]] AS counts,
  coalesce(run.failures, []) AS failures, run.error AS error

// The jobs that somebody sees to, each with its latest run, and the changes that wait for a number, with the first one's time.
// mode: read
// returns: jobs LIST<MAP>, unnumbered INTEGER, waiting_since DATETIME
RETURN COLLECT {
    MATCH (job:Job) WHERE job.name > ''
    CALL (job) {
      OPTIONAL MATCH (run:JobRun {job: job.name}) WHERE run.slot > datetime('1970-01-01T00:00:00Z')
      RETURN run ORDER BY run.job DESC, run.slot DESC LIMIT 1
    }
    WITH job, run ORDER BY job.name
    RETURN {name: job.name, lastStarted: run.started, lastFinished: run.finished, lastStatus: run.status, lastError: run.error}
  } AS jobs,
  COUNT { (:Unnumbered) } AS unnumbered,
  head(COLLECT { MATCH (change:Unnumbered) WHERE change.id > '' RETURN change.at ORDER BY change.id LIMIT 1 }) AS waiting_since

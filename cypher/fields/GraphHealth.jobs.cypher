// The jobs that somebody sees to, each with its latest run, as they are now.
// this: GraphHealth
// it: JobHealth
// locals: task, run
MATCH (task:Job) WHERE task.name > ''
CALL (task) {
  OPTIONAL MATCH (run:JobRun {job: task.name}) WHERE run.slot > datetime('1970-01-01T00:00:00Z')
  RETURN run ORDER BY run.job DESC, run.slot DESC LIMIT 1
}
WITH task {.name, .about, .schedule, lastStarted: run.started, lastFinished: run.finished, lastStatus: run.status,
  lastError: run.error} AS it
RETURN it ORDER BY it.name

// Opens the run of a slot, or goes on with one that a process left unfinished, at the time that it was begun for; no row
// when the slot is done. Under the job's lease: so nobody else opens it meanwhile, and another run of the job that is
// not finished by now never will be.
// mode: write
// params: job STRING, slot DATETIME, as_of DATETIME, token INTEGER
// returns: as_of DATETIME, attempts INTEGER
MERGE (job:Job {name: $job})
MERGE (run:JobRun {job: $job, slot: $slot})
  ON CREATE SET run.name = $job + ' ' + toString($slot), run.asOf = $as_of, run.started = datetime(), run.attempts = 0
WITH job, run, run.attempts = 0 AS new WHERE run.finished IS NULL
OPTIONAL MATCH (left:JobRun {job: $job, slot: job.running}) WHERE left.slot <> $slot AND left.finished IS NULL
SET left.status = 'FAILED', left.finished = datetime(), left.error = 'ABANDONED: its process ended'
WITH job, run, new
FOREACH (_ IN CASE WHEN new THEN [1] ELSE [] END | CREATE (run)-[:RUN_OF]->(job))
SET run.status = 'RUNNING', run.attempts = run.attempts + 1, run.token = $token, job.running = $slot
RETURN run.asOf AS as_of, run.attempts AS attempts

// Writes down which jobs there are, and since when somebody sees to them: what was due before was not missed.
// mode: write
// params: jobs LIST<MAP>
// returns: nothing
// browser: :param jobs => [{name: "prune", about: "drops old history", schedule: "daily 00:30"}]
UNWIND $jobs AS row
MERGE (job:Job {name: row.name})
SET job.about = row.about, job.schedule = row.schedule, job.since = coalesce(job.since, datetime())

// A webhook could not be told: it is tried again after so many milliseconds by the clock of the database.
// mode: write
// params: key STRING, attempts INTEGER, error STRING, milliseconds INTEGER
// returns: nothing
// browser: :param {key: "w-1", attempts: 1, error: "STATUS_500", milliseconds: 1000}
MATCH (hook:Webhook {key: $key})
SET hook.attempts = $attempts, hook.error = $error, hook.failingSince = coalesce(hook.failingSince, datetime.realtime()),
  hook.nextAt = datetime.realtime() + duration({milliseconds: $milliseconds})

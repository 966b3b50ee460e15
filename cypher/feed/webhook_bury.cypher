// Keeps the number of a line that a webhook could not be told as a dead letter, and goes on after it.
// mode: write
// params: key STRING, letter STRING, cursor INTEGER, attempts INTEGER, error STRING
// returns: nothing
// browser: :param {key: "w-1", letter: "w-1|7", cursor: 7, attempts: 12, error: "STATUS_500"}
MATCH (hook:Webhook {key: $key})
MERGE (letter:DeadLetter {key: $letter})
SET letter.name = 'change ' + $cursor, letter.number = $cursor, letter.attempts = $attempts,
  letter.error = $error, letter.at = datetime.realtime(), letter.replay = false
MERGE (letter)-[:OF]->(hook)
SET hook.cursor = $cursor, hook.attempts = 0, hook.error = $error,
  hook.failingSince = coalesce(hook.failingSince, datetime.realtime())
REMOVE hook.nextAt

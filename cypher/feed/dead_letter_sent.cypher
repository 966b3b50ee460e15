// A dead letter has been sent again: it is gone, or with an error dead as before.
// mode: write
// params: letter STRING, error STRING
// returns: nothing
// browser: :param {letter: "w-1|7", error: null}
MATCH (letter:DeadLetter {key: $letter})
SET letter.replay = false, letter.attempts = letter.attempts + 1, letter.error = $error, letter.at = datetime.realtime()
WITH letter WHERE $error IS NULL
DETACH DELETE letter

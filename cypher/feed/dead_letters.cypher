// The dead letters of a webhook in the order of the feed: all, or those that are to be sent again.
// mode: read
// params: key STRING, replay BOOLEAN, limit INTEGER
// returns: letter MAP
// browser: :param {key: "w-1", replay: false, limit: 100}
MATCH (:Webhook {key: $key})<-[:OF]-(letter:DeadLetter)
WHERE letter.replay OR NOT $replay
RETURN letter {.key, .number, .body, .attempts, .error, .replay, at: toString(letter.at)} AS letter
ORDER BY letter.number LIMIT $limit

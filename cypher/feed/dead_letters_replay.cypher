// Dead letters of a webhook are to be sent again: those with these numbers, or all where none are given.
// mode: write
// params: key STRING, numbers LIST<INTEGER>
// returns: letters INTEGER
// browser: :param {key: "w-1", numbers: null}
MATCH (:Webhook {key: $key})<-[:OF]-(letter:DeadLetter)
WHERE $numbers IS NULL OR letter.number IN $numbers
SET letter.replay = true
RETURN count(*) AS letters

// Forgets a webhook, its dead letters and its lease: whoever delivers to it at the moment writes nothing more.
// mode: write
// params: key STRING, lease STRING
// returns: key STRING
// browser: :param {key: "w-1", lease: "webhook w-1"}
MATCH (hook:Webhook {key: $key})
OPTIONAL MATCH (held:Lease {name: $lease})
OPTIONAL MATCH (letter:DeadLetter)-[:OF]->(hook)
WITH hook, held, collect(letter) AS letters
FOREACH (letter IN letters | DETACH DELETE letter)
DETACH DELETE hook, held
RETURN $key AS key

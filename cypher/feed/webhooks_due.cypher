// The webhooks that there is something to do for now, by the clock of the database: lines that they have not been told, unless
// they wait for another try, or dead letters to be sent again.
// mode: read
// returns: key STRING
// scan: admitted, a deployment has some dozens
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
WITH coalesce(feed.complete, 0) AS complete
MATCH (hook:Webhook)
WHERE hook.active AND (hook.cursor < complete AND (hook.nextAt IS NULL OR hook.nextAt <= datetime.realtime())
  OR EXISTS { (letter:DeadLetter)-[:OF]->(hook) WHERE letter.replay })
RETURN hook.key AS key ORDER BY hook.cursor

// A webhook has been told everything up to a number.
// mode: write
// params: key STRING, cursor INTEGER, delivered INTEGER
// returns: nothing
// browser: :param {key: "w-1", cursor: 7, delivered: 1}
MATCH (hook:Webhook {key: $key})
SET hook.cursor = $cursor, hook.delivered = hook.delivered + $delivered, hook.attempts = 0,
  hook.deliveredAt = CASE WHEN $delivered > 0 THEN datetime.realtime() ELSE hook.deliveredAt END
FOREACH (_ IN CASE WHEN $delivered > 0 THEN [1] ELSE [] END | REMOVE hook.nextAt, hook.failingSince, hook.error)

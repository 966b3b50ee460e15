// The webhooks that callers of some brands may see (null: of all), or one of them: what each is told, and how that goes.
// mode: read
// params: key STRING, brands LIST<STRING>
// returns: hook MAP, behind INTEGER, dead INTEGER
// browser: :param {key: null, brands: null}
// scan: admitted, a deployment has some dozens
MATCH (hook:Webhook)
WHERE ($key IS NULL OR hook.key = $key)
  AND ($brands IS NULL OR hook.brands IS NOT NULL AND all(brand IN hook.brands WHERE brand IN $brands))
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
RETURN hook {.*} AS hook, coalesce(feed.complete, 0) - hook.cursor AS behind,
  COUNT { (:DeadLetter)-[:OF]->(hook) } AS dead
ORDER BY hook.createdAt, hook.key

// What a webhook is to be told next, of the next so many numbers of the feed; no row when it is not there or not
// active, no lines while it waits for another try. `until`: the number up to which the feed was looked at, `complete`: to which there is more to look at.
// The lines are those that a caller would see who has the webhook's brands, and asks by its filters.
// mode: read
// params: key STRING, window INTEGER, limit INTEGER
// returns: hook MAP, until INTEGER, complete INTEGER, lines LIST<MAP>
// browser: :param {key: "w-1", window: 5000, limit: 50}
MATCH (hook:Webhook {key: $key})
WHERE hook.active
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
WITH hook, CASE WHEN hook.nextAt > datetime.realtime() THEN hook.cursor ELSE coalesce(feed.complete, 0) END AS complete,
  CASE WHEN hook.brand IS NULL THEN hook.brands WHEN hook.brands IS NULL OR hook.brand IN hook.brands THEN [hook.brand]
    ELSE [] END AS seen
WITH hook, complete, seen,
  CASE WHEN complete < hook.cursor + $window THEN complete ELSE hook.cursor + $window END AS until
RETURN hook {.url, .cursor, .attempts, .sealedSecret} AS hook, until, complete, COLLECT {
  MATCH (line:Change)
  USING INDEX SEEK line:Change(seq)
  WHERE line.seq > hook.cursor AND line.seq <= until
    AND (hook.types IS NULL OR line.type IN hook.types)
    AND (hook.tag IS NULL OR line.tag = hook.tag) AND (hook.segment IS NULL OR line.segment = hook.segment)
    AND (hook.stage IS NULL OR line.stage = hook.stage) AND (hook.journey IS NULL OR line.journey = hook.journey)
    AND (seen IS NULL OR (line.brand IN seen OR line.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
    MATCH (about:Person {oneId: line.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
    WHERE any(brand IN some.brands WHERE brand IN seen) })
  WITH line ORDER BY line.seq LIMIT $limit
  RETURN line {.id, .seq, .type, .cause, .oneId, .others, .brand, .tag, .segment, .stage, .journey, .subject, .from, .to,
    at: toString(line.at),
    gained: COLLECT { UNWIND line.gained AS held MATCH (one:Identifier {key: held})
      WHERE seen IS NULL OR any(brand IN one.brands WHERE brand IN seen) RETURN [one.kind, one.scope, one.name] },
    lost: COLLECT { UNWIND line.lost AS held MATCH (one:Identifier {key: held})
      WHERE seen IS NULL OR any(brand IN one.brands WHERE brand IN seen) RETURN [one.kind, one.scope, one.name] }}
} AS lines

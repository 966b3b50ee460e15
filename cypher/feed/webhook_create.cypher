// Registers a webhook. Without a cursor it is told of what is numbered from now on.
// mode: write
// params: rows MAP
// returns: key STRING
// browser: :param rows => {key: "w-1", name: "example.com", url: "https://example.com/", types: null, brand: null, tag: null, segment: null, stage: null, journey: null, brands: null, secret: null, by: "me", cursor: 0}
OPTIONAL MATCH (feed:Sequence {name: 'changes'})
CREATE (hook:Webhook {key: $rows.key, name: $rows.name, url: $rows.url, types: $rows.types, brand: $rows.brand, tag: $rows.tag,
  segment: $rows.segment, stage: $rows.stage, journey: $rows.journey, brands: $rows.brands, sealedSecret: $rows.secret,
  by: $rows.by, active: true, createdAt: datetime(), delivered: 0, attempts: 0,
  cursor: coalesce($rows.cursor, feed.complete, 0)})
RETURN hook.key AS key

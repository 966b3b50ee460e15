// Writes what a webhook is from now on; what it has been told stays. Whoever mends an address does not wait for the next try.
// mode: write
// params: rows MAP
// returns: key STRING
// browser: :param rows => {key: "w-1", name: "example.com", url: "https://example.com/", types: null, brand: null, tag: null, segment: null, stage: null, journey: null, secret: null, active: true}
MATCH (hook:Webhook {key: $rows.key})
SET hook.name = $rows.name, hook.url = $rows.url, hook.types = $rows.types, hook.brand = $rows.brand, hook.tag = $rows.tag,
  hook.segment = $rows.segment, hook.stage = $rows.stage, hook.journey = $rows.journey, hook.active = $rows.active,
  hook.sealedSecret = coalesce($rows.secret, hook.sealedSecret)
REMOVE hook.nextAt
RETURN hook.key AS key

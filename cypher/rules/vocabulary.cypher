// What rules may name: the tags, segments, lists and stages that there are; and of what a rule names beside those, what the
// graph has never seen. `p` is one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: p MAP
// returns: tags LIST<LIST<STRING>>, segments LIST<LIST<STRING>>, lists LIST<STRING>, stages LIST<STRING>, product LIST<STRING>, shop LIST<STRING>, channel LIST<STRING>, campaign LIST<STRING>, type LIST<STRING>
// browser: :param p => {product: ["diaper-L"], shop: [], channel: ["SMS"], campaign: [], type: ["view"]}
// scan: admitted, definitions are few
RETURN
  COLLECT { MATCH (t:Tag) RETURN [t.key, t.subject, t.valueType] ORDER BY t.key } AS tags,
  COLLECT { MATCH (s:Segment) WHERE s.rule IS NOT NULL RETURN [s.key, s.rule] ORDER BY s.key } AS segments,
  COLLECT { MATCH (l:List) RETURN l.key ORDER BY l.key } AS lists,
  COLLECT { MATCH (s:Stage) RETURN DISTINCT s.stage AS stage ORDER BY stage } AS stages,
  [key IN $p.product WHERE NOT EXISTS { MATCH (q:Product) WHERE q.key = key }] AS product,
  [key IN $p.shop WHERE NOT EXISTS { MATCH (s:Shop) WHERE s.key = key }] AS shop,
  [key IN $p.channel WHERE NOT EXISTS { MATCH (f:Touch) WHERE f.channel = key }] AS channel,
  [key IN $p.campaign WHERE NOT EXISTS { MATCH (f:Touch) WHERE f.campaign = key }] AS campaign,
  [key IN $p.type WHERE NOT EXISTS { MATCH (f:Event) WHERE f.type = key }] AS type

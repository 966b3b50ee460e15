// What rules may name: the tags, segments, lists and stages that there are; and of what a rule names beside those, what the
// graph has never seen, with names that begin alike, for a suggestion. `p` is one map, because Neo4j plans a statement anew
// for every size class of a list parameter.
// mode: read
// params: p MAP
// returns: tags LIST<LIST<STRING>>, segments LIST<LIST<STRING>>, parts LIST<LIST>, lists LIST<STRING>, stages LIST<STRING>, product LIST<STRING>, shop LIST<STRING>, channel LIST<STRING>, campaign LIST<STRING>, type LIST<STRING>, products LIST<STRING>, shops LIST<STRING>, channels LIST<STRING>, campaigns LIST<STRING>, types LIST<STRING>
// browser: :param p => {product: ["diaper-L"], shop: [], channel: ["SMS"], campaign: [], type: ["view"]}
// scan: admitted, definitions are few
WITH
  [key IN $p.product WHERE NOT EXISTS { MATCH (q:Product) WHERE q.key = key }] AS product,
  [key IN $p.shop WHERE NOT EXISTS { MATCH (s:Shop) WHERE s.key = key }] AS shop,
  [key IN $p.channel WHERE NOT EXISTS { MATCH (f:Touch) WHERE f.channel = key }] AS channel,
  [key IN $p.campaign WHERE NOT EXISTS { MATCH (f:Touch) WHERE f.campaign = key }] AS campaign,
  [key IN $p.type WHERE NOT EXISTS { MATCH (f:Event) WHERE f.type = key }] AS type
RETURN product, shop, channel, campaign, type,
  COLLECT { MATCH (t:Tag) WHERE t.retired IS NULL RETURN [t.key, t.subject, t.valueType] ORDER BY t.key } AS tags,
  COLLECT { MATCH (s:Segment) WHERE s.rule IS NOT NULL RETURN [s.key, s.rule] ORDER BY s.key } AS segments,
  COLLECT { MATCH (s:Segment) WHERE s.rule IS NOT NULL AND (s.share IS NOT NULL OR s.limit IS NOT NULL)
    RETURN [s.key, s.share, s.limit] ORDER BY s.key } AS parts,
  COLLECT { MATCH (l:List) RETURN l.key ORDER BY l.key } AS lists,
  COLLECT { MATCH (s:Stage) RETURN DISTINCT s.stage AS stage ORDER BY stage } AS stages,
  COLLECT { UNWIND product AS key UNWIND [toLower(left(key, 1)), toUpper(left(key, 1))] AS start
    MATCH (q:Product) WHERE q.key STARTS WITH start WITH q LIMIT 5000 RETURN DISTINCT q.key } AS products,
  COLLECT { UNWIND shop AS key UNWIND [toLower(left(key, 1)), toUpper(left(key, 1))] AS start
    MATCH (s:Shop) WHERE s.key STARTS WITH start WITH s LIMIT 5000 RETURN DISTINCT s.key } AS shops,
  COLLECT { UNWIND channel AS key UNWIND [toLower(left(key, 1)), toUpper(left(key, 1))] AS start
    MATCH (f:Touch) WHERE f.channel STARTS WITH start WITH f LIMIT 50000 RETURN DISTINCT f.channel } AS channels,
  COLLECT { UNWIND campaign AS key UNWIND [toLower(left(key, 1)), toUpper(left(key, 1))] AS start
    MATCH (f:Touch) WHERE f.campaign STARTS WITH start WITH f LIMIT 50000 RETURN DISTINCT f.campaign } AS campaigns,
  COLLECT { UNWIND type AS key UNWIND [toLower(left(key, 1)), toUpper(left(key, 1))] AS start
    MATCH (f:Event) WHERE f.type STARTS WITH start WITH f LIMIT 50000 RETURN DISTINCT f.type } AS types

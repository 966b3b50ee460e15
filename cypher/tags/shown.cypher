// One tag with its versions, the newest first; no row when there is none of that key.
// mode: read
// params: key STRING
// returns: tag MAP, versions LIST<MAP>
// browser: :param key => "vip"
MATCH (t:Tag {key: $key})
RETURN t {.*} AS tag, COLLECT { MATCH (t)<-[:VERSION_OF]-(v:TagVersion)
  RETURN v {.version, .by, .reason, .definition, at: toString(v.at)} ORDER BY v.version DESC } AS versions

// Who is in a saved segment, a thousand at a time.
// mode: read
// params: key STRING
// returns: one_id STRING
// browser: :param key => "mums"
MATCH (s:Segment {key: $key})<-[:IN_SEGMENT]-(p:Person)
RETURN p.oneId AS one_id

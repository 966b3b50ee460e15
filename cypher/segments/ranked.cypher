// How saved segments of the first n stand: the last who was taken (null: fewer than n are there), and whether a refresh is under way.
// mode: read
// params: p MAP
// returns: key STRING, edge STRING, ranking DATETIME
// browser: :param p => {keys: ["mums"]}
UNWIND $p.keys AS key
MATCH (s:Segment {key: key})
USING INDEX SEEK s:Segment(key)
RETURN s.key AS key, s.edge AS edge, s.ranking AS ranking

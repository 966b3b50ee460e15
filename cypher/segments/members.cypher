// Who is in a saved segment after a OneID, in the order of OneIDs, read from the index of places in segments.
// mode: read
// params: key STRING, after STRING, limit INTEGER
// returns: one_id STRING
// browser: :param {key: "mums", after: "", limit: 1000}
MATCH (:Person)-[r:IN_SEGMENT]->(:Segment)
USING INDEX SEEK r:IN_SEGMENT(segment, member)
WHERE r.segment = $key AND r.member > $after
RETURN r.member AS one_id ORDER BY r.segment, r.member LIMIT $limit

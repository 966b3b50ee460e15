// Begins to look at everybody for a saved segment of the first n by a measure; says the database's clock, by which this refresh is known.
// Another that began before writes nothing any more. No row when it was defined anew.
// mode: write
// params: rows MAP
// returns: ranking STRING
// browser: :param rows => {segment: "mums", version: 1}
MATCH (s:Segment {key: $rows.segment})
USING INDEX SEEK s:Segment(key)
SET s.lock = true
WITH s WHERE coalesce(s.version, 0) = $rows.version
SET s.ranking = datetime.realtime()
RETURN toString(s.ranking) AS ranking

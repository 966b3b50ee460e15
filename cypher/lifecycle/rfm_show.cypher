// What scores mean, of a brand or of the group (`*`), and how many people were called what.
// mode: read
// params: brand STRING
// returns: by STRING, asOf STRING, people INTEGER, currency STRING, recency LIST<INTEGER>, frequency LIST<INTEGER>, monetary LIST<INTEGER>, segments LIST<MAP>
// browser: :param brand => "*"
MATCH (base:RfmBase {key: $brand})
RETURN base.by AS by, toString(base.asOf) AS asOf, base.people AS people, base.currency AS currency, base.recency AS recency,
  base.frequency AS frequency, base.monetary AS monetary,
  [place IN range(0, size(base.segmentKeys) - 1) |
    {segment: base.segmentKeys[place], name: base.segmentNames[place], people: base.segmentPeople[place]}] AS segments

// How often a person was sent something since a moment, by channel; a channel without any is missing.
// this: Person
// it: ContactCount
// params: channel STRING, outcome LIST<STRING>, since DATETIME, brand STRING, brands LIST<STRING>, asOf DATETIME
// locals: held, said, found, place, one
WITH COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:SENT_TO]-(said:Touch)
  WHERE ($since IS NULL OR said.at >= $since) AND said.at <= $asOf AND (held.factsFrom IS NULL OR said.at >= held.factsFrom)
    AND ($channel IS NULL OR said.channel = $channel) AND ($outcome IS NULL OR said.outcome IN $outcome)
    AND ($brand IS NULL OR said.brand = $brand) AND ($brands IS NULL OR said.brand IN $brands)
  RETURN [said.channel, said.at] ORDER BY said.channel, said.at } AS found
UNWIND range(0, size(found) - 1) AS place
WITH found, place WHERE place = size(found) - 1 OR found[place + 1][0] <> found[place][0]
WITH {channel: found[place][0], lastAt: found[place][1],
  count: size([one IN found WHERE one[0] = found[place][0]])} AS it
RETURN it ORDER BY it.channel

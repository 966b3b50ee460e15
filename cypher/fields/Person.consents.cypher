// What holds of a person's consents: for each channel and purpose the latest; of one instant the refusal.
// this: Person
// it: Consent
// params: channel STRING, purpose STRING, brand STRING, brands LIST<STRING>
// locals: held, said, ones, place
WITH COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:GIVEN_BY]-(said:Consent)
  WHERE (held.factsFrom IS NULL OR said.at >= held.factsFrom) AND ($brands IS NULL OR said.brand IN $brands)
    AND ($channel IS NULL OR said.channel = $channel) AND ($purpose IS NULL OR said.purpose = $purpose)
    AND ($brand IS NULL OR said.brand = $brand)
  RETURN said ORDER BY said.channel, said.purpose, said.at DESC, said.granted, said.key } AS ones
UNWIND range(0, size(ones) - 1) AS place
WITH ones, place
WHERE place = 0 OR ones[place].channel <> ones[place - 1].channel OR ones[place].purpose <> ones[place - 1].purpose
WITH ones[place] AS it
RETURN it ORDER BY it.channel, it.purpose

// A page of all that a person said about being contacted, the newest first; through a contested identifier only those since it is held.
// this: Person
// it: Consent
// params: first INTEGER, after LIST<STRING>, from DATETIME, to DATETIME, channel STRING, purpose STRING, brand STRING, brands LIST<STRING>
// locals: held
// cursor: toString(it.at), it.key
MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:GIVEN_BY]-(it:Consent)
WHERE (held.factsFrom IS NULL OR it.at >= held.factsFrom) AND ($brands IS NULL OR it.brand IN $brands)
  AND ($after IS NULL OR it.at < datetime($after[0]) OR (it.at = datetime($after[0]) AND it.key > $after[1]))
  AND ($from IS NULL OR it.at >= $from) AND ($to IS NULL OR it.at < $to) AND ($brand IS NULL OR it.brand = $brand)
  AND ($channel IS NULL OR it.channel = $channel) AND ($purpose IS NULL OR it.purpose = $purpose)
RETURN it ORDER BY it.at DESC, it.key LIMIT $first + 1

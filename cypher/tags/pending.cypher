// Tags whose definition has changed since everybody was looked at, each with the OneID up to which everybody has been.
// mode: read
// returns: key STRING, pending INTEGER, cursor STRING
MATCH (t:Tag)
WHERE t.key > '' AND t.pending IS NOT NULL
RETURN t.key AS key, t.pending AS pending, coalesce(t.cursor, '') AS cursor ORDER BY t.key

// Tags that everybody is to be taken through again, since their definition has changed or what they look at was worked out anew, each with the OneID up to which everybody has been.
// mode: read
// returns: key STRING, pending INTEGER, cause STRING, cursor STRING
MATCH (t:Tag)
WHERE t.key > '' AND t.pending IS NOT NULL
RETURN t.key AS key, t.pending AS pending, t.pendingCause AS cause, coalesce(t.cursor, '') AS cursor ORDER BY t.key

// The identifiers of one kind that are not blocked, to look for what a new block means.
// mode: read
// params: kind STRING
// returns: key STRING, value STRING, sealed BYTES
// browser: :param {kind: "phone"}
// scan: admitted, a pattern must be searched in every value of its kind
MATCH (i:Identifier)
WHERE i.kind = $kind AND i.blocked IS NULL
RETURN i.key AS key, i.value AS value, i.sealed AS sealed

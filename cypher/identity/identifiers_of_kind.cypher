// The identifiers of one kind that are not blocked, to look for what a new block means.
// mode: read
// params: label STRING, kind STRING
// returns: key STRING, value STRING, sealed BYTES
// browser: :param {label: "Phone", kind: "phone"}
// scan: admitted, a pattern must be searched in every value of its kind
MATCH (i:Identifier)
WHERE $label IN labels(i) AND i.kind = $kind AND i.blocked IS NULL
RETURN i.key AS key, i.value AS value, i.sealed AS sealed

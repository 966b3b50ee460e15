// The identifiers that are marked as blocked, of one kind or of all, to look for what is not blocked any more.
// mode: read
// params: kind STRING
// returns: key STRING, kind STRING, value STRING, sealed BYTES
// browser: :param {kind: "*"}
// scan: admitted, blocks are lifted seldom
MATCH (i:Identifier)
WHERE i.blocked AND ($kind = '*' OR i.kind = $kind)
RETURN i.key AS key, i.kind AS kind, i.value AS value, i.sealed AS sealed

// What every account says of itself, of the fields asked for: each as it is stored, a name sealed, and when it was said.
// mode: read
// params: kind STRING, fields LIST<STRING>
// returns: key STRING, said LIST, times LIST
// browser: :param {kind: "member", fields: ["birthday"]}
// scan: admitted, a full recompute and a run of the match rules read every account
MATCH (i:Identifier) WHERE i.kind = $kind AND i.firstSeen IS NOT NULL
RETURN i.key AS key, [field IN $fields | CASE field WHEN 'name' THEN i.sealedName ELSE i[field] END] AS said,
  [field IN $fields | i['t_' + field].epochSeconds * 1000000 + i['t_' + field].microsecond] AS times

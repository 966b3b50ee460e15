// What accounts say of themselves, of the fields asked for: each as it is stored, a name sealed, and when it was said.
// rows: {keys LIST<STRING>, fields LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: key STRING, said LIST, times LIST
// browser: :param rows => {keys: [], fields: ["birthday"]}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
RETURN i.key AS key, [field IN $rows.fields | CASE field WHEN 'name' THEN i.sealedName ELSE i[field] END] AS said,
  [field IN $rows.fields | i['t_' + field].epochSeconds * 1000000 + i['t_' + field].microsecond] AS times

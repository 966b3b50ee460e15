// A list that identifiers are put on, made where there is none of that key.
// rows: {list MAP}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {list: {key: "expo", name: "Expo", by: "me"}}
MERGE (l:List {key: $rows.list.key})
SET l.name = coalesce($rows.list.name, l.name, $rows.list.key), l.by = $rows.list.by

// What a person would call these identifiers, masked where it is personal; and their values, of open kinds.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: key STRING, name STRING, value STRING
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
RETURN i.key AS key, i.name AS name, i.value AS value

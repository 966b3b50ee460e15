// What goes with identifiers that are to be erased: names as everybody may see them, and counts.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: names LIST<LIST<STRING>>, evidence INTEGER, decisions INTEGER, facts INTEGER, operations INTEGER
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key}) WHERE i.firstSeen IS NOT NULL
WITH collect(i) AS gone
RETURN [i IN gone | [i.kind, i.scope, i.name]] AS names,
  COUNT { UNWIND gone AS i MATCH (i)-[l:LINKED]-(:Identifier) RETURN DISTINCT l } AS evidence,
  COUNT { UNWIND gone AS i MATCH (i)-[p:PINNED|UNLINKED|NEVER_LINKED]-(:Identifier) RETURN DISTINCT p } AS decisions,
  COUNT { UNWIND gone AS i MATCH (i)--(fact) WHERE NOT fact:Identifier|Person|Alias|NameIndex|Operation|Shop|Brand RETURN DISTINCT fact } AS facts,
  COUNT { UNWIND gone AS i MATCH (i)<-[:ABOUT]-(o:Operation) WHERE o.payload IS NOT NULL RETURN DISTINCT o } AS operations

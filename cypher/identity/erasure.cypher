// What goes with identifiers that are to be erased: names as everybody may see them, and counts. Facts are orders, messages,
// behaviours, consents, corrections, tags set by hand, places on lists, and dependents that nobody else is a guardian of.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: names LIST<LIST<STRING>>, evidence INTEGER, decisions INTEGER, facts INTEGER, operations INTEGER
// browser: :param rows => {keys: []}
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key}) WHERE i.firstSeen IS NOT NULL
WITH collect(i) AS gone
RETURN [i IN gone | [i.kind, i.scope, coalesce(i.value, i.name)]] AS names,
  COUNT { UNWIND gone AS i MATCH (i)-[l:LINKED]-(:Identifier) RETURN DISTINCT l } AS evidence,
  COUNT { UNWIND gone AS i MATCH (i)-[p:PINNED|UNLINKED|NEVER_LINKED]-(:Identifier) RETURN DISTINCT p } AS decisions,
  COUNT { UNWIND gone AS i MATCH (i)<-[:PLACED_BY|SENT_TO|DONE_BY|GIVEN_BY|OF]-(fact) WHERE NOT fact:Alias RETURN DISTINCT fact }
    + COUNT { UNWIND gone AS i MATCH (i)-[said:ASSERTED|ON_LIST]->() RETURN DISTINCT said }
    + COUNT { UNWIND gone AS i MATCH (i)<-[:DEPENDENT_OF]-(d:Dependent)
        WHERE NOT EXISTS { (d)-[:DEPENDENT_OF]->(other) WHERE NOT other.key IN $rows.keys } RETURN DISTINCT d } AS facts,
  COUNT { UNWIND gone AS i MATCH (i)<-[:ABOUT]-(o:Operation) WHERE o.payload IS NOT NULL RETURN DISTINCT o } AS operations

// Deletes identifiers with their evidence, pins, other forms and what finds them, what only such a pin knew, and the facts that
// hang on them: orders, messages, behaviours, consents, corrections, and the dependents that nobody else is a guardian of.
// What is resolved of their people goes as well; what is left of it is resolved anew. What is asserted goes with its end; products, shops and tags stay, for they are nobody's.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {keys: []}
CALL () { UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key})-[:IDENTIFIES]->(p:Person) USING INDEX SEEK i:Identifier(key)
  WITH DISTINCT p
  UNWIND [field IN keys(p) WHERE field IN ['sealedName', 'nameMasked', 'gender', 'birthday', 'city'] OR field STARTS WITH 'a_'] AS field
  SET p[field] = null }
CALL () { UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key})<-[:PLACED_BY|SENT_TO|DONE_BY|GIVEN_BY|OF]-(fact) USING INDEX SEEK i:Identifier(key)
  WHERE NOT fact:Alias
  OPTIONAL MATCH (fact)-[:ABOUT]->(w:Awaited)
  WITH collect(DISTINCT w) AS awaited, collect(DISTINCT fact) AS facts
  FOREACH (fact IN facts | DETACH DELETE fact)
  WITH awaited
  UNWIND awaited AS w
  WITH w WHERE NOT EXISTS { (w)--() }
  DELETE w }
CALL () { UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key})<-[:DEPENDENT_OF]-(d:Dependent) USING INDEX SEEK i:Identifier(key)
  WITH DISTINCT d WHERE NOT EXISTS { (d)-[:DEPENDENT_OF]->(other) WHERE NOT other.key IN $rows.keys }
  DETACH DELETE d }
UNWIND $rows.keys AS key
MATCH (i:Identifier {key: key})
OPTIONAL MATCH (a:Alias)-[:OF]->(i)
OPTIONAL MATCH (n:NameIndex)-[:FINDS]->(i)
OPTIONAL MATCH (i)-[:NEVER_LINKED|UNLINKED|PINNED]-(unseen:Identifier)
WHERE unseen.firstSeen IS NULL AND COUNT { (unseen)-[:NEVER_LINKED|UNLINKED|PINNED]-() } = 1
OPTIONAL MATCH (other:Alias)-[:OF]->(unseen)
DETACH DELETE a, n, other, unseen, i

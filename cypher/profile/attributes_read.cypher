// Locks some people, named by their OneIDs or by identifiers that they hold, in the order of their OneIDs, and reads what
// their accounts and corrections say, and what is stored of them. Rows of `words` have the shape of fields/Person.attributes.
// rows: {one_ids LIST<STRING>, keys LIST<STRING>, fields LIST<STRING>}: one map, because Neo4j plans a statement anew for
// every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: one_id STRING, words LIST, name BYTES, masked STRING, stored LIST
// browser: :param rows => {one_ids: [], keys: [], fields: ["name", "gender", "birthday", "city"]}
CALL () {
  UNWIND $rows.one_ids AS one_id
  MATCH (p:Person {oneId: one_id}) USING INDEX SEEK p:Person(oneId)
  RETURN p
  UNION
  UNWIND $rows.keys AS key
  MATCH (i:Identifier {key: key})-[:IDENTIFIES]->(p:Person) USING INDEX SEEK i:Identifier(key)
  RETURN p
}
WITH p ORDER BY p.oneId
SET p.lock = true
WITH p
RETURN p.oneId AS one_id,
  COLLECT {
    MATCH (p)<-[:IDENTIFIES]-(held:Identifier)
    WITH held, [(held)<-[:OF]-(fix:Correction) | [fix.name, coalesce(fix.sealed, fix.value),
      fix.at.epochSeconds * 1000000 + fix.at.microsecond, fix.by, fix.reason]] AS fixes
    WHERE held:Member OR size(fixes) > 0
    RETURN [held.key, held.kind, held.scope, '',
      held.factsFrom.epochSeconds * 1000000 + held.factsFrom.microsecond,
      [field IN $rows.fields | CASE field WHEN 'name' THEN CASE WHEN held:Member THEN held.sealedName END WHEN 'birthday' THEN toString(held.birthday) ELSE held[field] END],
      [field IN $rows.fields | held['t_' + field].epochSeconds * 1000000 + held['t_' + field].microsecond],
      [field IN $rows.fields | coalesce(held['s_' + field], held.source)], fixes]
  } AS words,
  p.sealedName AS name, p.nameMasked AS masked,
  [field IN $rows.fields | CASE WHEN field <> 'name' THEN p[field] END] AS stored

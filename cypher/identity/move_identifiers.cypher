// Hands over what hangs on a hash identifier to its plain value, whose evidence and pins are written apart, and drops the hash.
// What both have is added up as if it had been said of one: a dependent's guardian, a tag set by hand, a consent of one instant.
// rows: {moves LIST<LIST<STRING>>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {moves: []}
UNWIND $rows.moves AS move
MATCH (old:Identifier {key: move[0]}) USING INDEX SEEK old:Identifier(key)
MATCH (new:Identifier {key: move[1]}) USING INDEX SEEK new:Identifier(key)
CALL (old, new) {
  MATCH (c:Consent)-[given:GIVEN_BY]->(old)
  WITH c, given, new, c.brand + '|' + c.channel + '|' + c.purpose + '|' + new.key + '|'
    + toString(c.at.epochSeconds * 1000000 + c.at.microsecond) AS key
  OPTIONAL MATCH (same:Consent {key: key})
  FOREACH (_ IN CASE WHEN (same.granted AND NOT c.granted) OR (same.granted = c.granted AND c.source > same.source) THEN [1] ELSE [] END |
    SET same.granted = c.granted, same.source = c.source, same.name = c.name)
  FOREACH (_ IN CASE WHEN same IS NULL THEN [] ELSE [1] END | DETACH DELETE c)
  FOREACH (_ IN CASE WHEN same IS NULL THEN [1] ELSE [] END | SET c.key = key)
}
CALL (old, new) {
  MATCH (d)-[of:DEPENDENT_OF]->(old) MATCH (d)-[same:DEPENDENT_OF]->(new)
  WITH of, same, coalesce(of.related, of.last) AS told, coalesce(same.related, same.last) AS known
  WITH of, same, CASE WHEN same.relation IS NULL OR told > known OR (told = known AND of.relation > same.relation)
    THEN [of.relation, told] ELSE [same.relation, known] END AS said,
    CASE WHEN of.last > same.last THEN of.last ELSE same.last END AS last
  SET same.relation = coalesce(said[0], same.relation), same.last = last,
    same.related = CASE WHEN said[0] IS NOT NULL AND said[1] <> last THEN said[1] END,
    same.since = CASE WHEN of.since < same.since THEN of.since ELSE same.since END
  DELETE of
}
CALL (old, new) {
  MATCH (old)-[said:ASSERTED]->(t:Tag) MATCH (new)-[same:ASSERTED]->(t)
  WITH said, same, CASE WHEN said.removed > same.removed OR same.removed IS NULL THEN said.removed ELSE same.removed END AS removed
  FOREACH (_ IN CASE WHEN said.since > same.since OR (said.since = same.since
      AND (coalesce(said.value, '') > coalesce(same.value, '') OR (coalesce(said.value, '') = coalesce(same.value, '') AND said.by > same.by)))
      THEN [1] ELSE [] END |
    SET same = properties(said))
  SET same.removed = CASE WHEN removed >= same.since THEN removed END
  DELETE said
}
CALL (old, new) {
  MATCH (x)-[r]->(old) WHERE NOT type(r) IN ['LINKED', 'NEVER_LINKED', 'UNLINKED', 'PINNED']
  CREATE (x)-[copy:$(type(r))]->(new)
  SET copy = properties(r)
}
CALL (old, new) {
  MATCH (old)-[r]->(x) WHERE NOT type(r) IN ['LINKED', 'NEVER_LINKED', 'UNLINKED', 'PINNED', 'IDENTIFIES']
    AND NOT EXISTS { (new)-[same:IN_APP|ON_LIST|ISSUED_BY]->(x) WHERE type(same) = type(r) }
  CREATE (new)-[copy:$(type(r))]->(x)
  SET copy = properties(r)
}
DETACH DELETE old

// Writes what a refresh of tags decided; people and dependents are locked already, and a tag is a hub, so nothing is merged.
// rows: {people LIST<MAP>, dependents LIST<MAP>, people_off LIST<MAP>, dependents_off LIST<MAP>, told_people LIST<MAP>, told_dependents LIST<MAP>, ends_people LIST<MAP>, ends_dependents LIST<MAP>, due LIST<MAP>, sizes LIST<MAP>}: one map, because
// Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP, at DATETIME
// returns: nothing
// browser: :param {at: datetime(), rows: {people: [], dependents: [], people_off: [], dependents_off: [], told_people: [], told_dependents: [], ends_people: [], ends_dependents: [], due: [], sizes: []}}
CALL () { UNWIND $rows.people AS row
  MATCH (p:Person {oneId: row.key}) USING INDEX SEEK p:Person(oneId)
  CALL (p, row) {
    WITH p, row WHERE row.fresh
    MATCH (t:Tag {key: row.tag}) USING INDEX SEEK t:Tag(key)
    CREATE (p)-[:TAGGED {value: row.value, source: row.source, since: $at, cause: row.cause}]->(t)
  }
  CALL (p, row) {
    WITH p, row WHERE NOT row.fresh
    MATCH (p)-[r:TAGGED]->(t) WHERE t.key = row.tag
    SET r.value = row.value, r.source = row.source, r.cause = row.cause
  } }
CALL () { UNWIND $rows.dependents AS row
  MATCH (d:Dependent {key: row.key}) USING INDEX SEEK d:Dependent(key)
  CALL (d, row) {
    WITH d, row WHERE row.fresh
    MATCH (t:Tag {key: row.tag}) USING INDEX SEEK t:Tag(key)
    CREATE (d)-[:TAGGED {value: row.value, source: row.source, since: $at, cause: row.cause}]->(t)
  }
  CALL (d, row) {
    WITH d, row WHERE NOT row.fresh
    MATCH (d)-[r:TAGGED]->(t) WHERE t.key = row.tag
    SET r.value = row.value, r.source = row.source, r.cause = row.cause
  } }
CALL () { UNWIND $rows.people_off AS row
  MATCH (p:Person {oneId: row.key})-[r:TAGGED]->(t) USING INDEX SEEK p:Person(oneId)
  WHERE t.key = row.tag
  DELETE r }
CALL () { UNWIND $rows.dependents_off AS row
  MATCH (d:Dependent {key: row.key})-[r:TAGGED]->(t) USING INDEX SEEK d:Dependent(key)
  WHERE t.key = row.tag
  DELETE r }
CALL () { UNWIND $rows.told_people AS row
  MATCH (p:Person {oneId: row.key}) USING INDEX SEEK p:Person(oneId)
  SET p.tagsTold = CASE WHEN row.told <> [] THEN row.told END }
CALL () { UNWIND $rows.told_dependents AS row
  MATCH (d:Dependent {key: row.key}) USING INDEX SEEK d:Dependent(key)
  SET d.tagsTold = CASE WHEN row.told <> [] THEN row.told END }
CALL () { UNWIND $rows.ends_people AS row
  MATCH (i:Identifier {key: row.at})-[a:ASSERTED]->(t) USING INDEX SEEK i:Identifier(key)
  WHERE t.key = row.tag
  SET a.until = row.until }
CALL () { UNWIND $rows.ends_dependents AS row
  MATCH (d:Dependent {key: row.at})-[a:ASSERTED]->(t) USING INDEX SEEK d:Dependent(key)
  WHERE t.key = row.tag
  SET a.until = row.until }
CALL () { UNWIND $rows.due AS row
  MATCH (d:Dependent {key: row.key}) USING INDEX SEEK d:Dependent(key)
  SET d.nextDue = row.due }
CALL () { UNWIND $rows.sizes AS row
  MATCH (t:Tag {key: row.tag}) USING INDEX SEEK t:Tag(key)
  SET t.size = coalesce(t.size, 0) + row.more }

// Writes which dependents are the same as which: `gone` and `same` are [key, key of the one that stands for it].
// rows: {gone LIST<LIST<STRING>>, same LIST<LIST<STRING>>}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {gone: [], same: []}
CALL () { UNWIND $rows.gone AS row
  MATCH (d:Dependent {key: row[0]})-[s:SAME_AS]->(e:Dependent {key: row[1]})
    USING INDEX SEEK d:Dependent(key) USING INDEX SEEK e:Dependent(key)
  DELETE s }
CALL () { UNWIND $rows.same AS row
  MATCH (d:Dependent {key: row[0]}) USING INDEX SEEK d:Dependent(key)
  MATCH (e:Dependent {key: row[1]}) USING INDEX SEEK e:Dependent(key)
  MERGE (d)-[:SAME_AS]->(e) }

// Hands over what hangs on a hash identifier to its plain value, whose evidence and pins are written apart, and drops the hash.
// rows: {moves LIST<LIST<STRING>>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: write
// params: rows MAP
// returns: nothing
// browser: :param rows => {moves: []}
UNWIND $rows.moves AS move
MATCH (old:Identifier {key: move[0]}) USING INDEX SEEK old:Identifier(key)
MATCH (new:Identifier {key: move[1]}) USING INDEX SEEK new:Identifier(key)
CALL (old, new) {
  MATCH (x)-[r]->(old) WHERE NOT type(r) IN ['LINKED', 'NEVER_LINKED', 'UNLINKED', 'PINNED']
  CREATE (x)-[copy:$(type(r))]->(new)
  SET copy = properties(r)
}
CALL (old, new) {
  MATCH (old)-[r]->(x) WHERE NOT type(r) IN ['LINKED', 'NEVER_LINKED', 'UNLINKED', 'PINNED', 'IDENTIFIES']
  CREATE (new)-[copy:$(type(r))]->(x)
  SET copy = properties(r)
}
DETACH DELETE old

// People whose names may be like that, with their resolved names: those whom the blind index finds, by the names of their
// accounts, and all whose name was corrected by hand, of which it has none. The index follows commits a moment later, so what
// was committed is waited for. Whoever asks unseals and checks.
// sizes: how many entries of the index each query finds, counted up to `most` and one. people: none where these are more than
// `most` together, else [OneID, name, the names that accounts and corrections of the brands say; null for all brands].
// rows: {queries LIST<STRING>, most INTEGER, brands LIST<STRING>}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter.
// mode: read
// params: rows MAP
// returns: sizes LIST<INTEGER>, people LIST<LIST>
// browser: :param rows => {queries: ['+c0a1'], most: 100, brands: null}
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL () {
  UNWIND range(0, size($rows.queries) - 1) AS place
  CALL (place) {
    CALL db.index.fulltext.queryNodes('name_index', $rows.queries[place], {limit: $rows.most + 1}) YIELD node
    RETURN collect(node) AS hits
  }
  WITH place, hits ORDER BY place
  RETURN collect(size(hits)) AS sizes, collect(hits) AS lists
}
WITH sizes, CASE WHEN reduce(all = 0, one IN sizes | all + one) <= $rows.most THEN lists ELSE [] END AS lists
CALL (lists) {
  CALL (lists) {
    UNWIND lists AS hits
    UNWIND hits AS n
    MATCH (n)-[:FINDS]->(:Identifier)-[:IDENTIFIES]->(p:Person)
    RETURN p
    UNION
    MATCH (c:Correction {name: 'name'})-[:OF]->(:Identifier)-[:IDENTIFIES]->(p:Person)
    USING INDEX SEEK c:Correction(name)
    RETURN p
  }
  WITH p WHERE p.sealedName IS NOT NULL
  RETURN collect([p.oneId, p.sealedName, CASE WHEN $rows.brands IS NOT NULL THEN COLLECT {
    MATCH (p)<-[:IDENTIFIES]-(i:Identifier)
    WHERE any(brand IN i.brands WHERE brand IN $rows.brands)
    UNWIND [CASE WHEN i:Member THEN i.sealedName END, [(i)<-[:OF]-(c:Correction {name: 'name'}) | c.sealed][0]] AS said
    WITH said WHERE said IS NOT NULL
    RETURN said
  } END]) AS people
}
RETURN sizes, people

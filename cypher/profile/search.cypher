// People whom a text may find, with everything of them that it could: whoever asks unseals and checks it. Each stretch of
// the blind index is asked for in several lengths, and the longest with at most `most` hits counts: a name that a tenth of
// all people have is read in pieces. The index follows commits a moment later, so what was committed is waited for. The
// number of an order names the identifier that the order hangs on.
// people: [OneID, whether the text names it, [[key, exact, what is indexed, place, text or sealed, number of an account] …]].
// members, cards: value and key of the last that was looked at, where there may be more. ends: of each stream its last slot.
// rows: {one_id STRING, keys LIST<STRING>, values LIST<LIST<STRING>>, member MAP {prefix STRING, value STRING, key STRING},
// card MAP likewise, most INTEGER, streams LIST<MAP {number INTEGER, after STRING, spans LIST<MAP {query STRING, end INTEGER,
// most INTEGER}>}>, indexed LIST<STRING>, brands LIST<STRING>}: one map, because Neo4j plans a statement anew for every size
// class of a list parameter.
// mode: read
// params: rows MAP
// returns: people LIST<LIST>, members LIST<STRING>, cards LIST<STRING>, ends LIST<LIST<INTEGER>>
// browser: :param rows => {one_id: '', keys: ['member|mumu|M1'], values: [], member: null, card: null, most: 100, streams: [], indexed: [], brands: null}
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL () {
  CALL () {
    UNWIND $rows.keys AS key
    MATCH (i:Identifier {key: key})
    USING INDEX SEEK i:Identifier(key)
    RETURN i
    UNION
    UNWIND $rows.keys AS key
    MATCH (form:Alias {key: key})-[:OF]->(i:Identifier)
    USING INDEX SEEK form:Alias(key)
    RETURN i
    UNION
    UNWIND $rows.values AS said
    MATCH (i:Identifier {value: said[1]})
    USING INDEX SEEK i:Identifier(value)
    WHERE i.kind = said[0]
    RETURN i LIMIT 1000
  }
  RETURN collect(i) AS exact
}
CALL () {
  MATCH (known:Person {oneId: $rows.one_id})-[:MERGED_INTO*0..1]->(p:Person)<-[:IDENTIFIES]-(i:Identifier)
  USING INDEX SEEK known:Person(oneId)
  RETURN collect(DISTINCT p) AS named, collect(i) AS theirs
}
CALL () {
  MATCH (o:Order {number: $rows.one_id})
  USING INDEX SEEK o:Order(number)
  WHERE $rows.brands IS NULL OR o.brand IN $rows.brands
  MATCH (o)-[:PLACED_BY]->(i:Identifier)
  WHERE i.factsFrom IS NULL OR o.at >= i.factsFrom
  WITH DISTINCT i LIMIT 1000
  RETURN collect(i) AS placed
}
WITH exact + placed AS exact, named, theirs
CALL () {
  WITH $rows.member AS said WHERE said IS NOT NULL
  MATCH (i:Member)
  USING INDEX SEEK i:Member(value)
  WHERE i.value >= said.value AND i.value STARTS WITH said.prefix AND (i.value > said.value OR i.key > said.key)
  WITH i ORDER BY i.value, i.key LIMIT $rows.most
  RETURN collect(i) AS members
}
CALL () {
  WITH $rows.card AS said WHERE said IS NOT NULL
  MATCH (i:Card)
  USING INDEX SEEK i:Card(value)
  WHERE i.value >= said.value AND i.value STARTS WITH said.prefix AND (i.value > said.value OR i.key > said.key)
  WITH i ORDER BY i.value, i.key LIMIT $rows.most
  RETURN collect(i) AS cards
}
CALL () {
  UNWIND $rows.streams AS stream
  CALL (stream) {
    UNWIND stream.spans AS span
    CALL (span) {
      CALL db.index.fulltext.queryNodes('name_index', span.query, {limit: span.most + 1}) YIELD node
      RETURN collect(node) AS hits
    }
    WITH span, hits WHERE size(hits) <= span.most
    RETURN span.end AS end, hits ORDER BY end DESC LIMIT 1
  }
  CALL (stream, hits) {
    UNWIND hits AS n
    WITH n WHERE n.place > stream.after
    MATCH (n)-[:FINDS]->(i:Identifier)
    RETURN collect(i) AS found
  }
  RETURN collect([stream.number, end]) AS ends, collect(found) AS lists
}
CALL (exact, theirs, members, cards, lists) {
  UNWIND [exact, theirs, members, cards] + lists AS list
  UNWIND list AS i
  WITH DISTINCT i WHERE $rows.brands IS NULL OR any(brand IN i.brands WHERE brand IN $rows.brands)
  MATCH (i)-[:IDENTIFIES]->(p:Person)
  RETURN collect(DISTINCT p) AS found
}
CALL (exact, named, found) {
  UNWIND found AS p
  RETURN collect([p.oneId, p IN named, COLLECT {
    MATCH (p)<-[:IDENTIFIES]-(i:Identifier)
    WHERE $rows.brands IS NULL OR any(brand IN i.brands WHERE brand IN $rows.brands)
    OPTIONAL MATCH (i)<-[:FINDS]-(n:NameIndex) WHERE n.name IN $rows.indexed
    WITH i, n WHERE n IS NOT NULL OR i:Member OR i:Card OR i IN exact
    RETURN [i.key, i IN exact, n.name, n.place, CASE n.name WHEN 'name' THEN i.sealedName WHEN 'digits' THEN coalesce(i.value, i.sealed) END,
      CASE WHEN i:Member OR i:Card THEN i.value END]
  }]) AS people
}
RETURN people, [i IN members[-1..] WHERE size(members) = $rows.most | [i.value, i.key]][0] AS members,
  [i IN cards[-1..] WHERE size(cards) = $rows.most | [i.value, i.key]][0] AS cards, ends

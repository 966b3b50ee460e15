// What a person did, was told and became, the newest first: each kind is ordered and cut to a page before they are merged.
// Through a contested identifier only what came since it is held. What is derived for the group, whose facts are every
// brand's, is for callers of all brands.
// this: Person
// it: TimelineItem
// params: first INTEGER, after LIST<STRING>, types LIST<STRING>, brands LIST<STRING>
// locals: former, ids, asked, held, thing, of_, kind
// cursor: toString(it.at), it.place
WITH this, [this.oneId] + COLLECT { MATCH (this)<-[:MERGED_INTO]-(former:Person) RETURN former.oneId } AS ids
CALL (this, ids) {
  UNWIND CASE WHEN $types IS NULL OR 'ORDER' IN $types THEN [1] ELSE [] END AS asked
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:PLACED_BY]-(thing:Order)
  WHERE (held.factsFrom IS NULL OR thing.at >= held.factsFrom) AND ($brands IS NULL OR thing.brand IN $brands)
    AND ($after IS NULL OR thing.at < datetime($after[0]) OR (thing.at = datetime($after[0]) AND 'ORDER|' + thing.key > $after[1]))
  RETURN {type: 'ORDER', at: thing.at, place: 'ORDER|' + thing.key, of: thing} AS it ORDER BY it.at DESC, it.place LIMIT $first + 1
  UNION ALL
  UNWIND CASE WHEN $types IS NULL OR 'TOUCH' IN $types THEN [1] ELSE [] END AS asked
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:SENT_TO]-(thing:Touch)
  WHERE (held.factsFrom IS NULL OR thing.at >= held.factsFrom) AND ($brands IS NULL OR thing.brand IN $brands)
    AND ($after IS NULL OR thing.at < datetime($after[0]) OR (thing.at = datetime($after[0]) AND 'TOUCH|' + thing.key > $after[1]))
  RETURN {type: 'TOUCH', at: thing.at, place: 'TOUCH|' + thing.key, of: thing} AS it ORDER BY it.at DESC, it.place LIMIT $first + 1
  UNION ALL
  UNWIND CASE WHEN $types IS NULL OR 'EVENT' IN $types THEN [1] ELSE [] END AS asked
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:DONE_BY]-(thing:Event)
  WHERE (held.factsFrom IS NULL OR thing.at >= held.factsFrom) AND ($brands IS NULL OR thing.brand IN $brands)
    AND ($after IS NULL OR thing.at < datetime($after[0]) OR (thing.at = datetime($after[0]) AND 'EVENT|' + thing.key > $after[1]))
  RETURN {type: 'EVENT', at: thing.at, place: 'EVENT|' + thing.key, of: thing} AS it ORDER BY it.at DESC, it.place LIMIT $first + 1
  UNION ALL
  UNWIND CASE WHEN $types IS NULL OR 'CONSENT' IN $types THEN [1] ELSE [] END AS asked
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[:GIVEN_BY]-(thing:Consent)
  WHERE (held.factsFrom IS NULL OR thing.at >= held.factsFrom) AND ($brands IS NULL OR thing.brand IN $brands)
    AND ($after IS NULL OR thing.at < datetime($after[0]) OR (thing.at = datetime($after[0]) AND 'CONSENT|' + thing.key > $after[1]))
  RETURN {type: 'CONSENT', at: thing.at, place: 'CONSENT|' + thing.key, of: thing} AS it ORDER BY it.at DESC, it.place LIMIT $first + 1
  UNION ALL
  UNWIND CASE WHEN $types IS NULL OR 'DEPENDENT' IN $types THEN [1] ELSE [] END AS asked
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[of_:DEPENDENT_OF]-(thing:Dependent)
  WHERE (held.factsFrom IS NULL OR of_.last >= held.factsFrom) AND ($brands IS NULL OR thing.brand IN $brands)
    AND ($after IS NULL OR thing.said < datetime($after[0]) OR (thing.said = datetime($after[0]) AND 'DEPENDENT|' + thing.key > $after[1]))
    AND NOT EXISTS { (thing)-[:SAME_AS]->(:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(this) }
  WITH DISTINCT thing
  RETURN {type: 'DEPENDENT', at: thing.said, place: 'DEPENDENT|' + thing.key, of: thing} AS it
  ORDER BY it.at DESC, it.place LIMIT $first + 1
  UNION ALL
  UNWIND CASE WHEN $types IS NULL OR any(asked IN $types WHERE NOT asked IN ['ORDER', 'TOUCH', 'EVENT', 'CONSENT', 'DEPENDENT'])
    THEN [1] ELSE [] END AS asked
  MATCH (thing:Change)
  WHERE thing.oneId IN ids AND ($brands IS NULL OR thing.brand IN $brands OR thing.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED'])
  WITH thing, CASE WHEN thing.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED'] THEN 'IDENTITY'
    ELSE split(thing.type, '_')[0] END AS kind
  WHERE ($types IS NULL OR kind IN $types)
    AND ($after IS NULL OR thing.at < datetime($after[0]) OR (thing.at = datetime($after[0]) AND kind + '|' + thing.id > $after[1]))
  RETURN {type: kind, at: thing.at, place: kind + '|' + thing.id, of: thing} AS it ORDER BY it.at DESC, it.place LIMIT $first + 1
}
WITH it
RETURN it ORDER BY it.at DESC, it.place LIMIT $first + 1

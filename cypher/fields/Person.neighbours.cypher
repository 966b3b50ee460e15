// People who share something with the person and are somebody else, whoever shares most first: an identifier that both were
// seen with (held by either, or by nobody of them), an order's address, a dependent.
// What more than a hundred are tied to says nothing of a household, and is not walked.
// this: Person
// it: Neighbour
// params: first INTEGER, after LIST<STRING>, brands LIST<STRING>
// cursor: toString(it.strength), it.person.oneId
// locals: near, tie, far, other, common, order, twin, dependent, one, via, known, points, brand, amount, found, some, place
WITH COLLECT {
  CALL (this) {
    MATCH (this)<-[:IDENTIFIES]-(near:Identifier)-[tie:LINKED]-(far:Identifier)-[:IDENTIFIES]->(other:Person)
    WHERE other <> this AND tie.state <> 'proposed'
      AND ($brands IS NULL OR any(brand IN tie.brands WHERE brand IN $brands))
    WITH near, tie, far, other, CASE WHEN near.kind IN ['member', 'card'] THEN far ELSE near END AS common
    WHERE COUNT { (common)-[:LINKED]-() } <= 100
    RETURN other, {kind: common.kind, display: common.name, identifier: common, mine: near, theirs: far,
      state: tie.state, reason: tie.reason, key: common.key} AS via
    UNION
    MATCH (this)<-[:IDENTIFIES]-(near:Identifier)-[one:LINKED]-(common:Identifier)
    WHERE one.state <> 'proposed' AND NOT (common)-[:IDENTIFIES]->(this) AND COUNT { (common)-[:LINKED]-() } <= 100
      AND ($brands IS NULL OR any(brand IN one.brands WHERE brand IN $brands))
    MATCH (common)-[tie:LINKED]-(far:Identifier)-[:IDENTIFIES]->(other:Person)
    WHERE other <> this AND tie.state <> 'proposed' AND NOT (common)-[:IDENTIFIES]->(other)
      AND ($brands IS NULL OR any(brand IN tie.brands WHERE brand IN $brands))
    RETURN other, {kind: common.kind, display: common.name, identifier: common, mine: near, theirs: far,
      state: tie.state, reason: tie.reason, key: common.key} AS via
    UNION
    MATCH (this)<-[:IDENTIFIES]-(near:Identifier)<-[:PLACED_BY]-(order) WHERE order.addressDigest IS NOT NULL
      AND ($brands IS NULL OR order.brand IN $brands) AND (near.factsFrom IS NULL OR order.at >= near.factsFrom)
    WITH DISTINCT this, near, order.addressDigest AS known
    WHERE COUNT { MATCH (twin:Order {addressDigest: known}) USING INDEX SEEK twin:Order(addressDigest) } <= 100
    MATCH (twin:Order {addressDigest: known})-[:PLACED_BY]->(far:Identifier)-[:IDENTIFIES]->(other:Person)
    USING INDEX SEEK twin:Order(addressDigest)
    WHERE other <> this AND ($brands IS NULL OR twin.brand IN $brands) AND (far.factsFrom IS NULL OR twin.at >= far.factsFrom)
    RETURN other, {kind: 'address', display: twin.address, identifier: null, mine: near, theirs: far,
      state: null, reason: null, key: known} AS via
    UNION
    MATCH (this)<-[:IDENTIFIES]-(near:Identifier)<-[tie:DEPENDENT_OF]-(dependent:Dependent)-[one:DEPENDENT_OF]->(far:Identifier)
      -[:IDENTIFIES]->(other:Person)
    WHERE other <> this AND ($brands IS NULL OR dependent.brand IN $brands) AND COUNT { (dependent)-[:DEPENDENT_OF]->() } <= 100
      AND (near.factsFrom IS NULL OR tie.last >= near.factsFrom) AND (far.factsFrom IS NULL OR one.last >= far.factsFrom)
    RETURN other, {kind: dependent.kind, display: dependent.name, identifier: null, mine: near, theirs: far,
      state: null, reason: null, key: dependent.key} AS via
  }
  RETURN [other, via] ORDER BY via.key, via.mine.key, via.theirs.key
} AS found
UNWIND found AS some
WITH DISTINCT some[0] AS other, found
WITH other, [some IN found WHERE some[0] = other | some[1]] AS points
WITH other, [place IN range(0, size(points) - 1) WHERE place = 0 OR points[place].key <> points[place - 1].key | points[place]]
  AS points
WITH other, points, size(points) AS amount
WHERE $after IS NULL OR amount < toInteger($after[0]) OR (amount = toInteger($after[0]) AND other.oneId > $after[1])
WITH {person: other, strength: amount, things: points} AS it
RETURN it ORDER BY it.strength DESC, it.person.oneId LIMIT $first + 1

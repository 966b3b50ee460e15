// What each global id names, in their order; null where nothing is that the caller may see. A merged person is itself.
// it: Node
// type: $types[place]
// params: types LIST<STRING>, keys LIST<STRING>, brands LIST<STRING>
// locals: place, person, held, change, about, operation, shop, label, brand, some, fact, product
UNWIND range(0, size($types) - 1) AS place
OPTIONAL MATCH (person:Person {oneId: CASE $types[place] WHEN 'Person' THEN $keys[place] END})
USING INDEX SEEK person:Person(oneId)
WHERE $brands IS NULL OR EXISTS { (person)-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
OPTIONAL MATCH (held:Identifier {key: CASE WHEN $types[place] IN ['Identifier', 'Member', 'Card'] THEN $keys[place] END})
USING INDEX SEEK held:Identifier(key)
WHERE $types[place] IN labels(held) AND ($brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands))
OPTIONAL MATCH (change:Change {id: CASE $types[place] WHEN 'Change' THEN $keys[place] END})
USING INDEX SEEK change:Change(id)
WHERE $brands IS NULL OR (change.brand IN $brands OR change.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']) AND EXISTS {
  MATCH (about:Person {oneId: change.oneId})-[:MERGED_INTO*0..1]->(:Person)<-[:IDENTIFIES]-(some:Identifier)
  USING INDEX SEEK about:Person(oneId)
  WHERE any(brand IN some.brands WHERE brand IN $brands) }
OPTIONAL MATCH (operation:Operation {id: CASE $types[place] WHEN 'Operation' THEN $keys[place] END})
USING INDEX SEEK operation:Operation(id)
WHERE $brands IS NULL OR EXISTS { (operation)-[:ABOUT]->(some:Identifier) WHERE any(brand IN some.brands WHERE brand IN $brands) }
OPTIONAL MATCH (shop:Shop {key: CASE $types[place] WHEN 'Shop' THEN $keys[place] END})
USING INDEX SEEK shop:Shop(key)
OPTIONAL MATCH (label:Brand {key: CASE $types[place] WHEN 'Brand' THEN $keys[place] END})
USING INDEX SEEK label:Brand(key)
WHERE $brands IS NULL OR label.key IN $brands
OPTIONAL MATCH (product:Product {key: CASE $types[place] WHEN 'Product' THEN $keys[place] END})
USING INDEX SEEK product:Product(key)
WITH place, coalesce(person, held, change, operation, shop, label, product, head(COLLECT {
  MATCH (fact:Order {key: CASE $types[place] WHEN 'Order' THEN $keys[place] END})
  USING INDEX SEEK fact:Order(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
  UNION ALL
  MATCH (fact:BrandProfile {key: CASE $types[place] WHEN 'BrandProfile' THEN $keys[place] END})
  USING INDEX SEEK fact:BrandProfile(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
  UNION ALL
  MATCH (fact:Touch {key: CASE $types[place] WHEN 'Touch' THEN $keys[place] END})
  USING INDEX SEEK fact:Touch(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
  UNION ALL
  MATCH (fact:Event {key: CASE $types[place] WHEN 'Event' THEN $keys[place] END})
  USING INDEX SEEK fact:Event(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
  UNION ALL
  MATCH (fact:Consent {key: CASE $types[place] WHEN 'Consent' THEN $keys[place] END})
  USING INDEX SEEK fact:Consent(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
  UNION ALL
  MATCH (fact:Dependent {key: CASE $types[place] WHEN 'Dependent' THEN $keys[place] END})
  USING INDEX SEEK fact:Dependent(key)
  WHERE $brands IS NULL OR fact.brand IN $brands
  RETURN fact
})) AS it
RETURN it ORDER BY place

// What each source said and when, under this key and as the same dependent under others: each registration with its fields,
// the masked name and the sealed one, days as text, and the times of the words, in microseconds since 1970.
// this: Dependent
// params: brands LIST<STRING>, pii BOOLEAN
// locals: one, holder, property
MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)
WHERE ($brands IS NULL OR one.brand IN $brands) AND (one = this OR EXISTS {
  MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
WITH DISTINCT one
RETURN [one.key, one.brand, one.sources, one.last.epochSeconds * 1000000 + one.last.microsecond,
  [property IN keys(one) WHERE property IN ['gender', 'birthday', 'kind'] OR property STARTS WITH 'a_' | [property,
    CASE WHEN one[property] IS :: DATE THEN toString(one[property]) ELSE one[property] END,
    one['t_' + property].epochSeconds * 1000000 + one['t_' + property].microsecond]]
  + CASE WHEN one.sealedName IS NULL THEN [] ELSE [['name', CASE WHEN $pii THEN one.sealedName ELSE one.name END,
    one.t_name.epochSeconds * 1000000 + one.t_name.microsecond]] END]
ORDER BY one.said, one.key

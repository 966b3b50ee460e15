// The audit trail, the newest operation first; of one actor, of some types, about an identifier.
// it: Operation
// params: after LIST<INTEGER>, first INTEGER, by STRING, types LIST<STRING>, keys LIST<STRING>, brands LIST<STRING>
// cursor: it.seq
// locals: about, plain, some, brand
MATCH (it:Operation)
WHERE it.seq < coalesce($after[0], 9223372036854775807)
  AND ($by IS NULL OR it.by = $by) AND ($types IS NULL OR it.type IN $types)
  AND ($keys IS NULL OR EXISTS { (it)-[:ABOUT]->(about:Identifier)
    WHERE about.key IN $keys OR EXISTS { (plain:Alias)-[:OF]->(about) WHERE plain.key IN $keys } })
  AND ($brands IS NULL OR EXISTS { (it)-[:ABOUT]->(some:Identifier) WHERE any(brand IN some.brands WHERE brand IN $brands) })
RETURN it ORDER BY it.seq DESC LIMIT $first + 1

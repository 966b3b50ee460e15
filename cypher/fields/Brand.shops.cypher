// A page of the brand's shops, by key.
// this: Brand
// it: Shop
// params: first INTEGER, after LIST<STRING>
// cursor: it.key
MATCH (this)<-[:OF_BRAND]-(it:Shop)
WHERE $after IS NULL OR it.key > $after[0]
RETURN it ORDER BY it.key LIMIT $first + 1

// A page of the brands that the caller may see, by key; the group has tens of them, at most hundreds.
// it: Brand
// params: first INTEGER, after LIST<STRING>, brands LIST<STRING>
// cursor: it.key
MATCH (it:Brand)
WHERE it.key > coalesce($after[0], '') AND ($brands IS NULL OR it.key IN $brands)
RETURN it ORDER BY it.key LIMIT $first + 1

// A page of the products of a category by key: all, or those whose key or name has a text in it.
// it: Product
// params: category LIST<STRING>, search LIST<STRING>, first INTEGER, after LIST<STRING>
// locals: form
// cursor: it.key
MATCH (it:Product)
USING INDEX SEEK it:Product(category)
WHERE it.category IN $category AND it.key > coalesce($after[0], '')
  AND ($search IS NULL OR any(form IN $search WHERE toLower(it.name) CONTAINS form OR toLower(it.key) CONTAINS form))
RETURN it ORDER BY it.key LIMIT $first + 1

// The tags that there are, by category and key; of one subject, under one path of categories, or all.
// it: Tag
// params: subject STRING, category LIST<STRING>
// locals: path, part
WITH reduce(path = '', part IN coalesce($category, []) | path + part + '/') AS path
MATCH (it:Tag)
WHERE it.key > '' AND it.retired IS NULL AND ($subject IS NULL OR coalesce(it.subject, 'PERSON') = $subject)
  AND coalesce(it.category, '') + '/' STARTS WITH path
RETURN it ORDER BY coalesce(it.category, ''), it.key

// The tree of categories, each after the one that it is in, with how many tags are under it.
// it: TagCategory
// params: subject STRING
// locals: filed, parts, depth, way, part, same, joined
MATCH (filed:Tag)
WHERE filed.key > '' AND filed.retired IS NULL AND ($subject IS NULL OR coalesce(filed.subject, 'PERSON') = $subject)
WITH DISTINCT [part IN split(coalesce(filed.category, ''), '/') WHERE part <> ''] AS parts
UNWIND range(1, size(parts)) AS depth
WITH DISTINCT parts[0 .. depth] AS way
WITH way, reduce(joined = '', part IN way | joined + part + '/') AS joined
WITH {path: way, name: way[-1], tags: COUNT { MATCH (same:Tag) WHERE same.key > '' AND same.retired IS NULL
  AND ($subject IS NULL OR coalesce(same.subject, 'PERSON') = $subject) AND same.category + '/' STARTS WITH joined }} AS it
RETURN it ORDER BY it.path

// When tags of a person and of its dependents came and went, and why, oldest first; also of those that were merged into it.
// this: Person
// it: TagChange
// params: tag STRING, brands LIST<STRING>
// locals: former, ids
WITH [this.oneId] + COLLECT { MATCH (this)<-[:MERGED_INTO]-(former:Person) RETURN former.oneId } AS ids
MATCH (it:Change)
WHERE it.oneId IN ids
  AND it.type IN ['TAG_ADDED', 'TAG_REMOVED'] AND ($tag IS NULL OR it.tag = $tag) AND ($brands IS NULL OR it.brand IN $brands)
RETURN it ORDER BY it.at, it.id

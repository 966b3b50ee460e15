// What happened to the OneID of a person and of those that were merged into it, oldest first.
// this: Person
// it: IdentityChange
// locals: former, ids
WITH [this.oneId] + COLLECT { MATCH (this)<-[:MERGED_INTO]-(former:Person) RETURN former.oneId } AS ids
MATCH (it:Change)
WHERE it.oneId IN ids
  AND it.type IN ['CREATED', 'MERGED', 'SPLIT', 'RETURNED', 'OWNER_CHANGED', 'IDENTIFIERS_CHANGED', 'ERASED']
RETURN it ORDER BY it.at, it.id

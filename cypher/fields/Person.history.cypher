// What happened to a person and to those that were merged into it, oldest first.
// this: Person
// it: IdentityChange
// locals: former, ids
WITH [this.oneId] + COLLECT { MATCH (this)<-[:MERGED_INTO]-(former:Person) RETURN former.oneId } AS ids
MATCH (it:Change)
WHERE it.oneId IN ids
RETURN it ORDER BY it.at, it.id

// The OneIDs that were merged into this one, in the order of their merges.
// this: Person
// locals: merged, former
MATCH (this)<-[merged:MERGED_INTO]-(former:Person)
RETURN former.oneId ORDER BY merged.at, former.oneId

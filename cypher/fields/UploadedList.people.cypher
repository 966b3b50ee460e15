// How many people are on it, each once however many identifiers of theirs are; over all brands, so for callers of all.
// this: UploadedList
// params: brands LIST<STRING>
// locals: known
RETURN CASE WHEN $brands IS NULL THEN COUNT { MATCH (this)<-[:ON_LIST]-()-[:IDENTIFIES]->(known:Person) RETURN DISTINCT known } END

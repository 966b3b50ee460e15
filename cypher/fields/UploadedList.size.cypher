// How many identifiers are on it; over all brands, so for callers of all.
// this: UploadedList
// params: brands LIST<STRING>
RETURN CASE WHEN $brands IS NULL THEN COUNT { (this)<-[:ON_LIST]-() } END

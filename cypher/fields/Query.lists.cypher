// The uploaded lists, by key.
// it: UploadedList
MATCH (it:List)
WHERE it.key > ''
RETURN it ORDER BY it.key

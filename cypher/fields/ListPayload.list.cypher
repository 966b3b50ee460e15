// The list that was uploaded; none when it was refused.
// it: UploadedList
// params: key STRING
MATCH (it:List {key: $key})
USING INDEX SEEK it:List(key)
RETURN it

// The tag that a definition is of; none when it was refused.
// it: Tag
// params: key STRING
MATCH (it:Tag {key: $key})
USING INDEX SEEK it:Tag(key)
RETURN it

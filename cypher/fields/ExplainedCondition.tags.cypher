// The tags that a condition found, in the order in which they were found.
// this: ExplainedCondition
// it: Tag
// locals: place
UNWIND range(0, size(this.tags) - 1) AS place
MATCH (it:Tag {key: this.tags[place]})
USING INDEX SEEK it:Tag(key)
RETURN it ORDER BY place

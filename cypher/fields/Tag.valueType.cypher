// The type of its value; of a tag that only a source named, none.
// this: Tag
RETURN coalesce(this.valueType, 'FLAG')

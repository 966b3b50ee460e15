// What carries it; of a tag that only a source named, people.
// this: Tag
RETURN coalesce(this.subject, 'PERSON')

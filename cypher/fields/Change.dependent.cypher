// The key of the dependent that the change is about, beside its person.
// this: Change
RETURN this.subject

// The person that the change is about, as it is now (it may have been merged since).
// this: Change
// it: Person
MATCH (it:Person {oneId: this.oneId})
RETURN it

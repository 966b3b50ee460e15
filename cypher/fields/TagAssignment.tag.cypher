// The tag that is carried.
// this: TagAssignment
// it: Tag
WITH this.tag AS it
RETURN it

// Whether people are still taken through what was last defined.
// this: Tag
RETURN this.pending IS NOT NULL

// The values of a CHOICE.
// this: Tag
RETURN coalesce(this.choices, [])

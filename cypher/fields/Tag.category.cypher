// The path of categories that the tag is filed under, from the root down.
// this: Tag
// locals: part
RETURN [part IN split(coalesce(this.category, ''), '/') WHERE part <> '']

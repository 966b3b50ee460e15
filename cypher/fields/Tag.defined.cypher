// Whether somebody defined it; else a source named it.
// this: Tag
RETURN coalesce(this.defined, false)

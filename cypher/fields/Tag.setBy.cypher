// How it is set; one that only a source named, by hand or by sources.
// this: Tag
RETURN coalesce(this.setBy, 'MANUAL')

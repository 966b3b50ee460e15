// Its definitions, the newest first.
// this: Tag
// it: TagVersion
MATCH (this)<-[:VERSION_OF]-(it:TagVersion)
RETURN it ORDER BY it.version DESC

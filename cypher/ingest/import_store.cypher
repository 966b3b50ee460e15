// Notes how far the import of a file is: everything before this line and offset is stored.
// mode: write
// params: key STRING, name STRING, size INTEGER, line INTEGER, offset INTEGER, accepted INTEGER, rejected INTEGER, warnings INTEGER, rejects INTEGER
// returns: nothing
MERGE (i:Import {key: $key})
SET i.name = $name, i.size = $size, i.line = $line, i.offset = $offset, i.accepted = $accepted, i.rejected = $rejected,
    i.warnings = $warnings, i.rejects = $rejects, i.at = datetime()

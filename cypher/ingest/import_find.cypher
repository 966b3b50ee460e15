// How far the import of a file is, by the digest of the file.
// mode: read
// params: key STRING
// returns: line INTEGER, offset INTEGER, accepted INTEGER, rejected INTEGER, warnings INTEGER, rejects INTEGER
// browser: :param key => ""
MATCH (i:Import {key: $key})
RETURN i.line AS line, i.offset AS offset, i.accepted AS accepted, i.rejected AS rejected, i.warnings AS warnings,
  i.rejects AS rejects

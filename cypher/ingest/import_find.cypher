// How far the import of a file is, by the digest of the file.
// mode: read
// params: key STRING
// returns: policy INTEGER, line INTEGER, offset INTEGER, plan STRING, done LIST<INTEGER>, accepted INTEGER, rejected INTEGER, warnings LIST<STRING>, warned LIST<INTEGER>, rejects INTEGER
// browser: :param key => ""
MATCH (i:Import {key: $key})
RETURN i.policy AS policy, i.line AS line, i.offset AS offset, i.plan AS plan, i.done AS done, i.accepted AS accepted,
  i.rejected AS rejected, i.warnings AS warnings, i.warned AS warned, i.rejects AS rejects

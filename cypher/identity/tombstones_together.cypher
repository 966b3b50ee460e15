// The tombstones of all forms that were erased together with some.
// mode: read
// params: groups LIST<STRING>
// returns: key STRING, erased INTEGER, group STRING, restored INTEGER, lifted LIST<STRING>
// browser: :param groups => []
UNWIND $groups AS group
MATCH (t:Tombstone {group: group})
RETURN t.key AS key, t.erasedAt.epochSeconds * 1000000 + t.erasedAt.microsecond AS erased, t.group AS group,
  t.restoredAt.epochSeconds * 1000000 + t.restoredAt.microsecond AS restored, t.lifted AS lifted

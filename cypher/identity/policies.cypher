// The versions of the policy, the newest first.
// mode: read
// returns: version INTEGER, text STRING, by STRING, reason STRING, at STRING, current BOOLEAN, unfinished BOOLEAN, changes LIST<INTEGER>
// scan: admitted, every version is listed
MATCH (p:Policy)
RETURN p.version AS version, p.text AS text, p.by AS by, p.reason AS reason, toString(p.at) AS at, coalesce(p.current, false) AS current,
  coalesce(p.unfinished, false) AS unfinished,
  [n IN [p.created, p.merged, p.split, p.returned, p.ownersChanged, p.identifiersMoved] | coalesce(n, 0)] AS changes
ORDER BY version DESC

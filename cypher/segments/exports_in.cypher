// Files of people that have come so far, the first that was asked for first.
// mode: read
// params: p MAP
// returns: export MAP
// browser: :param p => {statuses: ["WAITING", "RUNNING"]}
UNWIND $p.statuses AS status
MATCH (export:Export {status: status})
USING INDEX SEEK export:Export(status)
RETURN properties(export) AS export ORDER BY export.at, export.key

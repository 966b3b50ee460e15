// A file of people that somebody asked for.
// mode: read
// params: p MAP
// returns: export MAP
// browser: :param p => {key: "e-1"}
MATCH (export:Export {key: $p.key})
USING INDEX SEEK export:Export(key)
RETURN properties(export) AS export

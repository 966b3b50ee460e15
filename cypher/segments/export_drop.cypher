// Forgets a file of people.
// mode: write
// params: rows MAP
// returns: dropped INTEGER
// browser: :param rows => {key: "e-1"}
MATCH (export:Export {key: $rows.key})
USING INDEX SEEK export:Export(key)
DETACH DELETE export
RETURN count(*) AS dropped

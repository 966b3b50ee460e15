// Asks for a file of people.
// mode: write
// params: rows MAP
// returns: key STRING
// browser: :param rows => {key: "e-1", name: "export", status: "WAITING"}
CREATE (export:Export)
SET export = $rows
RETURN export.key AS key

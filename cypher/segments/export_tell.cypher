// Notes how far a file of people has come; nothing when it is gone.
// mode: write
// params: rows MAP
// returns: key STRING
// browser: :param rows => {key: "e-1", said: {rows: 1000}}
MATCH (export:Export {key: $rows.key})
USING INDEX SEEK export:Export(key)
SET export += $rows.said
RETURN export.key AS key

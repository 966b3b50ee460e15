// Writes a migration down as applied; `first` is false when another process has done so before.
// The constraint on the name makes a second process wait here until the first has committed.
// mode: write
// params: name STRING, checksum STRING
// returns: first BOOLEAN
// browser: :param {name: "0001_identity", checksum: "…"}
MERGE (migration:Migration {name: $name})
ON CREATE SET migration.checksum = $checksum, migration.at = datetime(), migration.fresh = true
WITH migration, migration.fresh IS NOT NULL AS first
REMOVE migration.fresh
RETURN first

// The greatest id among the changes that wait for a number.
// mode: read
// returns: id STRING
MATCH (change:Unnumbered) WHERE change.id > '' AND change.seq IS NULL
RETURN change.id AS id ORDER BY change.id DESC LIMIT 1

// How many identifiers there are, about as many as an export has rows.
// mode: read
// returns: identifiers INTEGER
MATCH (identifier:Identifier)
RETURN count(identifier) AS identifiers

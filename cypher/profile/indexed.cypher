// Identifiers that were seen, in the order of their keys, with what the blind index should have and has of them.
// mode: read
// params: after STRING, limit INTEGER
// returns: key STRING, value STRING, sealed BYTES, sealed_name BYTES, digest STRING, entries LIST<LIST<STRING>>
// browser: :param {after: '', limit: 100}
MATCH (i:Identifier) WHERE i.key > $after AND i.firstSeen IS NOT NULL
WITH i ORDER BY i.key LIMIT $limit
RETURN i.key AS key, i.value AS value, i.sealed AS sealed, i.sealedName AS sealed_name, i.nameDigest AS digest,
  [(n:NameIndex)-[:FINDS]->(i) | [n.name, n.tokens]] AS entries
ORDER BY key

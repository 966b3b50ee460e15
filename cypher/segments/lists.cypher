// The uploaded lists by key: identifiers on each, and people, each once.
// mode: read
// returns: key STRING, name STRING, size INTEGER, people INTEGER, uploaded_at STRING, by STRING
MATCH (l:List)
WHERE l.key > ''
RETURN l.key AS key, coalesce(l.name, l.key) AS name, COUNT { (l)<-[:ON_LIST]-() } AS size,
  COUNT { MATCH (l)<-[:ON_LIST]-()-[:IDENTIFIES]->(p:Person) RETURN DISTINCT p } AS people,
  toString(l.uploadedAt) AS uploaded_at, l.by AS by ORDER BY l.key

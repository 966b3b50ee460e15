// Everything that match rules have found: proposals, and evidence that joins by itself.
// mode: read
// returns: a STRING, b STRING, method STRING, confidence FLOAT, state STRING
// browser: :param {}
// scan: admitted, of an index that has nothing but this
MATCH (a:Identifier)-[l:LINKED]->(b:Identifier) WHERE l.rule IS NOT NULL
RETURN a.key AS a, b.key AS b, l.method AS method, l.confidence AS confidence, l.state AS state

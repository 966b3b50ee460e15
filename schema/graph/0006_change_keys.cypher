// Whose an identifier was: the lines of the feed that name it, found by its whole key. Brought up to date beside the writes,
// which do not wait for it; who reads it waits instead.

CREATE FULLTEXT INDEX change_keys IF NOT EXISTS FOR (node:Change) ON EACH [node.gained, node.lost]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword', `fulltext.eventually_consistent`: true}};

// Files of people that somebody asked for: found by key, and by how far they have come.

CREATE CONSTRAINT export_key IF NOT EXISTS FOR (node:Export) REQUIRE node.key IS UNIQUE;
CREATE INDEX export_status IF NOT EXISTS FOR (node:Export) ON (node.status);

// What identity writes and looks up: a key for everything that has one, and what the feed and the jobs ask by.

CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (node:Identifier) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT alias_key IF NOT EXISTS FOR (node:Alias) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT tombstone_key IF NOT EXISTS FOR (node:Tombstone) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT block_key IF NOT EXISTS FOR (node:Block) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT person_one_id IF NOT EXISTS FOR (node:Person) REQUIRE node.oneId IS UNIQUE;
CREATE CONSTRAINT change_id IF NOT EXISTS FOR (node:Change) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT shop_key IF NOT EXISTS FOR (node:Shop) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT brand_key IF NOT EXISTS FOR (node:Brand) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT product_key IF NOT EXISTS FOR (node:Product) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT policy_version IF NOT EXISTS FOR (node:Policy) REQUIRE node.version IS UNIQUE;
CREATE CONSTRAINT import_key IF NOT EXISTS FOR (node:Import) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT lease_name IF NOT EXISTS FOR (node:Lease) REQUIRE node.name IS UNIQUE;
CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (node:Migration) REQUIRE node.name IS UNIQUE;

CREATE INDEX change_seq IF NOT EXISTS FOR (node:Change) ON (node.seq);
CREATE INDEX change_one_id IF NOT EXISTS FOR (node:Change) ON (node.oneId);
CREATE INDEX person_dirty_at IF NOT EXISTS FOR (node:Person) ON (node.dirtyAt);
CREATE INDEX identifier_last_seen IF NOT EXISTS FOR (node:Identifier) ON (node.lastSeen);

// What is in force for identity: one node that says which policy, blocks and expiry run every unit of work must know of.

CREATE CONSTRAINT identity_state_name IF NOT EXISTS FOR (node:IdentityState) REQUIRE node.name IS UNIQUE;

CREATE INDEX identifier_pending IF NOT EXISTS FOR (node:Identifier) ON (node.pending);

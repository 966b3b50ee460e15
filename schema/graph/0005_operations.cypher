// The audit trail: every operation by its id, and in its place, which nobody else can have.

CREATE CONSTRAINT operation_id IF NOT EXISTS FOR (node:Operation) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT operation_seq IF NOT EXISTS FOR (node:Operation) REQUIRE node.seq IS UNIQUE;
CREATE CONSTRAINT audit_trail_name IF NOT EXISTS FOR (node:AuditTrail) REQUIRE node.name IS UNIQUE;

// What jobs claim and remember, and the numbers of the change feed: unique in the database, whoever gives them.

CREATE CONSTRAINT job_name IF NOT EXISTS FOR (node:Job) REQUIRE node.name IS UNIQUE;
CREATE CONSTRAINT job_run_slot IF NOT EXISTS FOR (node:JobRun) REQUIRE (node.job, node.slot) IS UNIQUE;
CREATE CONSTRAINT sequence_name IF NOT EXISTS FOR (node:Sequence) REQUIRE node.name IS UNIQUE;

// The constraint brings an index of its own in place of the plain one.
DROP INDEX change_seq IF EXISTS;
CREATE CONSTRAINT change_number IF NOT EXISTS FOR (node:Change) REQUIRE node.seq IS UNIQUE;

// What is still to be numbered, in order, without a sort and without a look at what is numbered already.
CREATE INDEX unnumbered_id IF NOT EXISTS FOR (node:Unnumbered) ON (node.id);
CREATE INDEX job_run_started IF NOT EXISTS FOR (node:JobRun) ON (node.started);

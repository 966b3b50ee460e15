// Where rules start: everybody who is in a stage.

CREATE INDEX stage_stage IF NOT EXISTS FOR (node:Stage) ON (node.stage);

// A restore lifts every form that was erased together.

CREATE INDEX tombstone_group IF NOT EXISTS FOR (node:Tombstone) ON (node.group);

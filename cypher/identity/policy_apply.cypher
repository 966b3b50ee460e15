// Stores a policy as the next version and puts it in force; `unfinished` while people are still those of the one before.
// mode: write
// params: text STRING, by STRING, reason STRING, at DATETIME, unfinished BOOLEAN
// returns: version INTEGER
MERGE (state:IdentityState {name: 'identity'}) ON CREATE SET state.epoch = 0, state.version = 0
SET state.epoch = state.epoch + 1, state.version = state.version + 1
WITH state
OPTIONAL MATCH (old:Policy {version: state.version - 1})
SET old.current = null, old.unfinished = null
CREATE (p:Policy {version: state.version, name: 'policy ' + toString(state.version), text: $text, by: $by, reason: $reason, at: $at, current: true,
  unfinished: CASE WHEN $unfinished THEN true END})
RETURN p.version AS version

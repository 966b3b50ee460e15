// Stores that a value or pattern identifies nobody, and puts it in force.
// mode: write
// params: key STRING, kind STRING, value STRING, sealed BYTES, pattern STRING, name STRING, by STRING, reason STRING, at DATETIME, operation STRING
// returns: epoch INTEGER
MERGE (state:IdentityState {name: 'identity'}) ON CREATE SET state.epoch = 0, state.version = 0
SET state.epoch = state.epoch + 1
MERGE (b:Block {key: $key})
SET b.kind = $kind, b.value = $value, b.sealed = $sealed, b.pattern = $pattern, b.name = $name, b.by = $by, b.reason = $reason,
    b.at = $at, b.operation = $operation
RETURN state.epoch AS epoch

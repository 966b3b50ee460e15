// Lifts what one operation blocked, and puts that in force.
// mode: write
// params: operation STRING, at DATETIME
// returns: kind STRING
// scan: admitted, there are few blocks
MATCH (b:Block {operation: $operation}) WHERE b.liftedAt IS NULL
MERGE (state:IdentityState {name: 'identity'})
SET state.epoch = state.epoch + 1, b.liftedAt = $at
RETURN b.kind AS kind

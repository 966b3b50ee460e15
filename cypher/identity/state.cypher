// What is in force for identity: the current policy, what was blocked by hand, and the greatest expiry run.
// mode: read
// returns: epoch INTEGER, expired_at INTEGER, version INTEGER, text STRING, blocks LIST<LIST>
// scan: admitted, there are few blocks, and all of them are needed
OPTIONAL MATCH (state:IdentityState {name: 'identity'})
OPTIONAL MATCH (policy:Policy {version: state.version})
RETURN state.epoch AS epoch, state.expiredAt.epochSeconds * 1000000 + state.expiredAt.microsecond AS expired_at,
  policy.version AS version, policy.text AS text,
  COLLECT { MATCH (b:Block) WHERE b.liftedAt IS NULL RETURN [b.kind, b.value, b.sealed, b.pattern] ORDER BY b.key } AS blocks

// Notes an expiry run; the greatest time counts.
// mode: write
// params: at INTEGER
// returns: epoch INTEGER
MERGE (state:IdentityState {name: 'identity'}) ON CREATE SET state.epoch = 0, state.version = 0
WITH state, datetime({epochSeconds: $at / 1000000, nanosecond: $at % 1000000 * 1000}) AS at
SET state.epoch = state.epoch + 1,
    state.expiredAt = CASE WHEN state.expiredAt IS NULL OR state.expiredAt < at THEN at ELSE state.expiredAt END
RETURN state.epoch AS epoch

// Its number, once the sequencer has given it one.
// this: Change
RETURN this.seq

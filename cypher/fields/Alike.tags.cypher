// The tags that both carry.
// this: Alike
// locals: thing
RETURN [thing IN this.things WHERE thing:Tag | thing.key]

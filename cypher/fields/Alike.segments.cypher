// The segments that both are in.
// this: Alike
// locals: thing
RETURN [thing IN this.things WHERE thing:Segment | thing.key]

// The rules with a segment in them, each with what it is of, and the key that is looked for in it; which of them use it is read there.
// this: Segment
// locals: other, tag, rules, one
WITH this, COLLECT { MATCH (other:Segment) WHERE other.key > '' AND other.rule CONTAINS '"segment"' RETURN ['SEGMENT', other.key, other.rule] }
  + COLLECT { MATCH (tag:Tag) WHERE tag.key > '' AND tag.retired IS NULL AND tag.rule CONTAINS '"segment"' RETURN ['TAG', tag.key, tag.rule] } AS rules
UNWIND rules AS one
RETURN [this.key, one[0], one[1], one[2]]

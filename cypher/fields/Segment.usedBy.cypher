// The rules that use a segment, each with what it is of, and the key that is looked for in them; which of them use it is read there.
// this: Segment
// locals: other, tag, rules
WITH this, COLLECT { MATCH (other:Segment) WHERE other.key > '' AND other.rule CONTAINS '"segment"' RETURN ['SEGMENT', other.key, other.rule] }
  + COLLECT { MATCH (tag:Tag) WHERE tag.key > '' AND tag.retired IS NULL AND tag.rule CONTAINS '"segment"' RETURN ['TAG', tag.key, tag.rule] } AS rules
RETURN [this.key, rules]

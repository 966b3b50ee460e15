// Lets one definition of tags be changed at a time: what a rule names is still there when it is written.
// mode: write
// returns: nothing
MERGE (definitions:Sequence {name: 'tags'})
SET definitions.lock = true

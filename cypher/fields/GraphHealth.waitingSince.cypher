// When the first change was written that has no number yet.
// this: GraphHealth
// locals: change
MATCH (change:Unnumbered) WHERE change.id > ''
RETURN change.at ORDER BY change.id LIMIT 1

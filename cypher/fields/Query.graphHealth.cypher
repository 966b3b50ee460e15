// The latest measurement of health; before the first there is none, and its fields are null.
// it: GraphHealth
OPTIONAL MATCH (it:GraphHealth {key: 'identity'})
RETURN it

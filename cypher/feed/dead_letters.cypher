// The dead letters of a webhook in the order of the feed: all, or those that are to be sent again; each with its line, as the
// webhook would be told it now. A letter keeps no copy: what is erased from a line is gone from its letters.
// mode: read
// params: key STRING, replay BOOLEAN, limit INTEGER
// returns: letter MAP, line MAP
// browser: :param {key: "w-1", replay: false, limit: 100}
MATCH (hook:Webhook {key: $key})<-[:OF]-(letter:DeadLetter)
WHERE letter.replay OR NOT $replay
WITH letter, CASE WHEN hook.brand IS NULL THEN hook.brands WHEN hook.brands IS NULL OR hook.brand IN hook.brands
  THEN [hook.brand] ELSE [] END AS seen
ORDER BY letter.number LIMIT $limit
OPTIONAL MATCH (line:Change {seq: letter.number})
RETURN letter {.key, .number, .attempts, .error, .replay, at: toString(letter.at)} AS letter,
  line {.id, .seq, .type, .cause, .oneId, .others, .brand, .tag, .segment, .stage, .journey, .subject, .from, .to,
    at: toString(line.at),
    gained: COLLECT { UNWIND line.gained AS held MATCH (one:Identifier {key: held})
      WHERE seen IS NULL OR any(brand IN one.brands WHERE brand IN seen) RETURN [one.kind, one.scope, one.name] },
    lost: COLLECT { UNWIND line.lost AS held MATCH (one:Identifier {key: held})
      WHERE seen IS NULL OR any(brand IN one.brands WHERE brand IN seen) RETURN [one.kind, one.scope, one.name] }} AS line
ORDER BY letter.number

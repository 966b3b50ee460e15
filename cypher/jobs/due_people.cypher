// People for whom the calendar may have changed something by a day, in the order of their days, after a place in it.
// mode: read
// params: day DATE, one_id STRING, today DATE, limit INTEGER
// returns: one_id STRING, due DATE
// browser: :param {day: date('0001-01-01'), one_id: "", today: date(), limit: 300}
MATCH (p:Person)
USING INDEX SEEK p:Person(nextDue)
WHERE p.nextDue >= $day AND p.nextDue <= $today AND (p.nextDue > $day OR p.oneId > $one_id)
RETURN p.oneId AS one_id, p.nextDue AS due ORDER BY p.nextDue, p.oneId LIMIT $limit

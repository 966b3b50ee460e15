// How long people take to buy again, of a brand and a category (`*`: the group, all of them).
// mode: read
// params: key STRING
// returns: buyers INTEGER, repeaters INTEGER, purchases INTEGER, intervals INTEGER, meanDays FLOAT, medianDays FLOAT, asOf STRING
// browser: :param key => "*|*"
MATCH (cycle:RepurchaseCycle {key: $key})
RETURN cycle.buyers AS buyers, cycle.repeaters AS repeaters, cycle.purchases AS purchases, cycle.intervals AS intervals,
  cycle.meanDays AS meanDays, cycle.medianDays AS medianDays, toString(cycle.asOf) AS asOf

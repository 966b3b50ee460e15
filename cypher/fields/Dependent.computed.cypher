// What its kind's computed values take: its days and numbers as they are stored, days as text; the local day of its purchase
// order; and of each type of event asked for the local day of the last one.
// this: Dependent
// params: types LIST<STRING>, brands LIST<STRING>, asOf DATETIME, zone STRING
// locals: property, bought, one, holder, done, sort, newest, latest
OPTIONAL MATCH (bought:Order {key: this.brand + '|' + this.a_order})
USING INDEX SEEK bought:Order(key)
WHERE bought.at <= $asOf
CALL (this) {
  RETURN COLLECT {
    UNWIND $types AS sort
    CALL (this, sort) {
      MATCH (this)-[:SAME_AS*0..2]-(one:Dependent)<-[:ABOUT]-(done:Event)
      WHERE done.type = sort AND done.at <= $asOf AND ($brands IS NULL OR (one.brand IN $brands AND done.brand IN $brands))
        AND (one = this OR EXISTS {
          MATCH (this)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder:Person) MATCH (one)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(holder) })
      RETURN done.at AS newest ORDER BY newest DESC LIMIT 1
    }
    RETURN [sort, toString(date(datetime({datetime: newest, timezone: $zone})))]
  } AS latest
}
RETURN [this.kind, toString(this.birthday),
  [property IN keys(this) WHERE property STARTS WITH 'a_' | [substring(property, 2),
    CASE WHEN this[property] IS :: DATE THEN toString(this[property]) ELSE this[property] END]],
  CASE WHEN bought IS NOT NULL THEN toString(date(datetime({datetime: bought.at, timezone: $zone}))) END, latest]

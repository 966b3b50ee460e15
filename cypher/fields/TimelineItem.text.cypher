// What a sentence about it is made of: its kind, its time in microseconds, and what the kind's words need.
// this: TimelineItem
// params: brands LIST<STRING>
// locals: thing, place, about, key_, moved, brand, tagged
RETURN [this.type, this.at.epochSeconds * 1000000 + this.at.microsecond, CASE this.type
  WHEN 'ORDER' THEN [this.of.number, this.of.status, this.of.amountMinor, this.of.refundedMinor, this.of.currency, this.of.quantity,
    head(COLLECT { WITH this.of AS thing MATCH (thing)-[:PLACED_AT]->(place:Shop) RETURN coalesce(place.name, place.key) })]
  WHEN 'TOUCH' THEN [this.of.channel, this.of.campaign, this.of.outcome]
  WHEN 'EVENT' THEN [this.of.type, COLLECT { WITH this.of AS thing MATCH (thing)-[:ABOUT]->(about)
    WHERE NOT about:Dependent OR $brands IS NULL OR about.brand IN $brands RETURN coalesce(about.name, about.key) }]
  WHEN 'CONSENT' THEN [this.of.granted, this.of.channel, this.of.purpose]
  WHEN 'DEPENDENT' THEN [this.of.kind, this.of.name]
  WHEN 'IDENTITY' THEN [this.of.type, this.of.cause, this.of.oneId, this.of.others,
    COLLECT { UNWIND this.of.gained AS key_ MATCH (moved:Identifier {key: key_}) WHERE $brands IS NULL OR any(brand IN moved.brands WHERE brand IN $brands) RETURN ['', moved.kind, moved.scope, coalesce(moved.value, moved.name)] },
    COLLECT { UNWIND this.of.lost AS key_ MATCH (moved:Identifier {key: key_}) WHERE $brands IS NULL OR any(brand IN moved.brands WHERE brand IN $brands) RETURN ['', moved.kind, moved.scope, coalesce(moved.value, moved.name)] },
    size(this.of.gained) + size(this.of.lost), this.of.by, this.of.reason]
  ELSE [this.of.type, this.of.cause, coalesce(
    head(COLLECT { MATCH (tagged:Tag {key: this.of.tag}) RETURN tagged.name }), this.of.tag, this.of.segment, this.of.journey),
    this.of.from, this.of.to, this.of.stage, this.of.brand, this.of.by, this.of.subject IS NOT NULL] END]

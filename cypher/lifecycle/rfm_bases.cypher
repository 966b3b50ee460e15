// The bounds that people are scored by, of the group (`*`) and of each brand, as the daily job last left them.
// mode: read
// returns: key STRING, declared STRING, as_of DATETIME, recency LIST<INTEGER>, frequency LIST<INTEGER>, monetary LIST<INTEGER>
// browser: MATCH (base:RfmBase) RETURN base
// scan: admitted, there is one for each brand
MATCH (base:RfmBase)
RETURN base.key AS key, base.by AS declared, base.asOf AS as_of, base.recency AS recency, base.frequency AS frequency, base.monetary AS monetary

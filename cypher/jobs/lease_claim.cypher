// Claims a lease when it is free: never held, given back, or run out by the database's clock. The write lock comes
// first, so that of two who claim at once the second reads what the first has written. The token grows with every
// holder and is never used again.
// mode: write
// params: name STRING, holder STRING, milliseconds INTEGER
// returns: token INTEGER, holder STRING, claimed BOOLEAN
// browser: :param {name: "sequence-changes", holder: "me", milliseconds: 10000}
MERGE (lease:Lease {name: $name})
SET lease.lock = true
WITH lease, lease.until IS NULL OR lease.until <= datetime.realtime() AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET lease.token = coalesce(lease.token, 0) + 1, lease.holder = $holder,
      lease.until = datetime.realtime() + duration({milliseconds: $milliseconds}))
RETURN lease.token AS token, lease.holder AS holder, free AS claimed

// Holds a lease's node for the rest of the transaction, if the token is still the lease's, and puts off its end; no row
// when somebody else has claimed it since. Past its end but unclaimed it is still the holder's: nobody else wrote.
// mode: write
// params: name STRING, token INTEGER, milliseconds INTEGER
// returns: token INTEGER
// browser: :param {name: "sequence-changes", token: 1, milliseconds: 10000}
MATCH (lease:Lease {name: $name})
SET lease.lock = true
WITH lease WHERE lease.token = $token
SET lease.until = datetime.realtime() + duration({milliseconds: $milliseconds})
RETURN lease.token AS token

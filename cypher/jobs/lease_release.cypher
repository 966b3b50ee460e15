// Gives a lease back, if it is still the holder's. The node stays: its token must never start again.
// mode: write
// params: name STRING, token INTEGER
// returns: nothing
// browser: :param {name: "sequence-changes", token: 1}
MATCH (lease:Lease {name: $name})
SET lease.lock = true
WITH lease WHERE lease.token = $token
SET lease.until = datetime.realtime()
REMOVE lease.holder

// Who holds these leases now.
// mode: read
// params: names LIST<STRING>
// returns: name STRING, holder STRING
// browser: :param names => ["sequence-changes"]
UNWIND $names AS name
MATCH (lease:Lease {name: name})
WHERE lease.until > datetime() AND lease.holder IS NOT NULL
RETURN name, lease.holder AS holder

// Locks the end of the audit trail, so that the next operation follows the last one.
// mode: write
// returns: seq INTEGER, chain STRING
MERGE (trail:AuditTrail {name: 'operations'}) ON CREATE SET trail.seq = 0, trail.chain = ''
SET trail.lock = true
RETURN trail.seq AS seq, trail.chain AS chain

// The register: every OneID with its owner, and where a merged one leads.
// mode: read
// returns: one_id STRING, status STRING, owner STRING, into_status STRING
// scan: admitted, a full recompute reads everything
MATCH (p:Person)
OPTIONAL MATCH (p)-[:OWNED_BY]->(owner:Identifier)
OPTIONAL MATCH (p)-[:MERGED_INTO]->(into:Person)
RETURN p.oneId AS one_id, p.status AS status, owner.key AS owner, into.status AS into_status

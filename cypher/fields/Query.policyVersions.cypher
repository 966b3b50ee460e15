// Every version of the policy, the newest first.
// it: PolicyVersion
MATCH (it:Policy)
WHERE it.version > 0
RETURN it ORDER BY it.version DESC

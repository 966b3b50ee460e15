// The policy that is in force.
// it: PolicyVersion
// locals: state
MATCH (state:IdentityState {name: 'identity'})
MATCH (it:Policy {version: state.version})
RETURN it

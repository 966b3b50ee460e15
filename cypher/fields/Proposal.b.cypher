// The other account of a proposal.
// this: Proposal
// it: Identifier
WITH this.b AS it
RETURN it

// One account of a proposal.
// this: Proposal
// it: Identifier
WITH this.a AS it
RETURN it

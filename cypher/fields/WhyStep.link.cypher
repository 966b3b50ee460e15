// The link by hand that holds.
// this: WhyStep
// it: WhyDecision
WITH this.link AS it
WHERE it IS NOT NULL
RETURN it

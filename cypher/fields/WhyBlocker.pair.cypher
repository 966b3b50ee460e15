// The evidence that is kept from joining.
// this: WhyBlocker
// it: WhyStep
WITH this.pair AS it
WHERE it IS NOT NULL
RETURN it

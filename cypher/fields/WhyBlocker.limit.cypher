// The limit that is full.
// this: WhyBlocker
// it: WhyLimit
WITH this.limit AS it
WHERE it IS NOT NULL
RETURN it

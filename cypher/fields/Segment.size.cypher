// How many are in it, counted by every refresh; over all brands, so for callers of all.
// this: Segment
// params: brands LIST<STRING>
RETURN CASE WHEN $brands IS NULL THEN coalesce(this.size, 0) END

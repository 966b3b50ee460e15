// A page of the saved segments, by key; of one status, or all.
// it: Segment
// params: first INTEGER, after LIST<STRING>, status STRING
// cursor: it.key
MATCH (it:Segment)
WHERE it.key > coalesce($after[0], '') AND it.rule IS NOT NULL AND ($status IS NULL OR coalesce(it.status, 'DRAFT') = $status)
RETURN it ORDER BY it.key LIMIT $first + 1

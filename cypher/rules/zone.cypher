// Whether the database knows a time zone by that name: it raises an argument error where it does not.
// mode: read
// params: p MAP
// returns: day DATE
// browser: :param p => {zone: "Asia/Shanghai"}
RETURN date(datetime({datetime: datetime('2026-01-01T00:00:00Z'), timezone: $p.zone})) AS day

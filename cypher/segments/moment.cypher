// The database's clock: when everybody began to be looked at.
// mode: read
// returns: now DATETIME
RETURN datetime() AS now

// The transactions that run now: what is put in force waits for those that began before it.
// mode: read
// returns: id STRING
SHOW TRANSACTIONS YIELD transactionId, currentQuery
WHERE NOT currentQuery STARTS WITH 'SHOW TRANSACTIONS' AND NOT currentQuery CONTAINS 'The transactions that run now'
RETURN transactionId AS id

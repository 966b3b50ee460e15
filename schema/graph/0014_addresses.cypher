// Who has things sent to one address: a household, perhaps.

CREATE INDEX order_address IF NOT EXISTS FOR (node:Order) ON (node.addressDigest);

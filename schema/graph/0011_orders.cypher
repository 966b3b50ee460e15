// An order by the number that a customer tells, and a person as the customer of one brand.

CREATE INDEX order_number IF NOT EXISTS FOR (node:Order) ON (node.number);
CREATE CONSTRAINT brand_profile_key IF NOT EXISTS FOR (node:BrandProfile) REQUIRE node.key IS UNIQUE;

// What is known of people beside their identifiers: a key for every fact, and what rules, summaries and the daily refresh ask by.

CREATE CONSTRAINT order_key IF NOT EXISTS FOR (node:Order) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT dependent_key IF NOT EXISTS FOR (node:Dependent) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT awaited_key IF NOT EXISTS FOR (node:Awaited) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT touch_key IF NOT EXISTS FOR (node:Touch) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT event_key IF NOT EXISTS FOR (node:Event) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT consent_key IF NOT EXISTS FOR (node:Consent) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT tag_key IF NOT EXISTS FOR (node:Tag) REQUIRE node.key IS UNIQUE;

CREATE INDEX order_at IF NOT EXISTS FOR (node:Order) ON (node.at);
CREATE INDEX product_category IF NOT EXISTS FOR (node:Product) ON (node.category);
CREATE INDEX event_type_at IF NOT EXISTS FOR (node:Event) ON (node.type, node.at);
CREATE INDEX touch_channel_at IF NOT EXISTS FOR (node:Touch) ON (node.channel, node.at);
CREATE INDEX dependent_kind_birthday IF NOT EXISTS FOR (node:Dependent) ON (node.kind, node.birthday);
CREATE INDEX person_next_due IF NOT EXISTS FOR (node:Person) ON (node.nextDue);
CREATE INDEX dependent_next_due IF NOT EXISTS FOR (node:Dependent) ON (node.nextDue);

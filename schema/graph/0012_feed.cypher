// The lines of one type, and those about one tag, segment or journey (`topic`), in their order, also where they are rare in a
// feed of millions; and who is told of them.

CREATE INDEX change_type_seq IF NOT EXISTS FOR (node:Change) ON (node.type, node.seq);
CREATE INDEX change_topic_seq IF NOT EXISTS FOR (node:Change) ON (node.topic, node.seq);
CREATE CONSTRAINT webhook_key IF NOT EXISTS FOR (node:Webhook) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT dead_letter_key IF NOT EXISTS FOR (node:DeadLetter) REQUIRE node.key IS UNIQUE;

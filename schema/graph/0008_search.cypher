// Finding people: the blind index of names and of the last digits of phones, and open values without their scope. The blind
// index follows commits a moment later, because a synchronous one costs every unit of work several milliseconds.

CREATE FULLTEXT INDEX name_index IF NOT EXISTS FOR (node:NameIndex) ON EACH [node.tokens]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}};
CREATE INDEX identifier_value IF NOT EXISTS FOR (node:Identifier) ON (node.value);
CREATE INDEX member_value IF NOT EXISTS FOR (node:Member) ON (node.value);
CREATE INDEX card_value IF NOT EXISTS FOR (node:Card) ON (node.value);

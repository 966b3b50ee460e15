// Attributes of people that somebody corrected by hand: one of an attribute on an identifier.

CREATE CONSTRAINT correction_key IF NOT EXISTS FOR (node:Correction) REQUIRE node.key IS UNIQUE;

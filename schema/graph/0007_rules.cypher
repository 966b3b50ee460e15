// What match rules have found, among all evidence: proposals to be approved, and what joins by itself.

CREATE INDEX linked_rule IF NOT EXISTS FOR ()-[link:LINKED]-() ON (link.rule);

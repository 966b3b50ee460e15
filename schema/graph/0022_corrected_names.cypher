// Rules that test names: whose name was corrected by hand, which the blind index does not know.

CREATE INDEX correction_name IF NOT EXISTS FOR (node:Correction) ON (node.name);

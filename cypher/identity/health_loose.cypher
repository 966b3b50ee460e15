// How many hashes of identifiers there are, and how many lead to one: counts that the database keeps, without a look at any.
// mode: read
// returns: aliases INTEGER, forms INTEGER
RETURN COUNT { (:Alias) } AS aliases, COUNT { ()-[:OF]->() } AS forms

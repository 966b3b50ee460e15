// Tags keep the versions of their definitions; a saved segment has a key, like everything that rules name.

CREATE CONSTRAINT tag_version_key IF NOT EXISTS FOR (node:TagVersion) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT segment_key IF NOT EXISTS FOR (node:Segment) REQUIRE node.key IS UNIQUE;

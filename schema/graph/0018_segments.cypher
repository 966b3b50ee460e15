// Saved segments keep the versions of their definitions and how their size went; and lists of identifiers that somebody uploaded.

CREATE CONSTRAINT segment_version_key IF NOT EXISTS FOR (node:SegmentVersion) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT segment_size_key IF NOT EXISTS FOR (node:SegmentSize) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT list_key IF NOT EXISTS FOR (node:List) REQUIRE node.key IS UNIQUE;

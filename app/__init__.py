"""OneID: one name for every person that a group of brands knows, kept in a Neo4j graph."""

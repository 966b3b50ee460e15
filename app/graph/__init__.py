"""The way to Neo4j: query files, sessions, migrations, and a local server for development and tests."""

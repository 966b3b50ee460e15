"""The way to Neo4j: query files, sessions, migrations, and a local server for development and tests."""

import sys

# The driver loads pandas wherever it is installed (we develop with it), for data frames nobody asks it for:
# a third of the time that a command takes to start.
if "pandas" not in sys.modules:
    sys.modules["pandas"] = None  # type: ignore[assignment]
    import neo4j  # noqa: F401

    del sys.modules["pandas"]

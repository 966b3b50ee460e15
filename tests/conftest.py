"""The one server of a test run, and the clean graph that every test starts with.

The server is a local Neo4j on free ports, gone with the run, unless NEO4J_URI names another. Without one the
tests fail: none is skipped.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS
from pydantic import SecretStr

from app.graph import local
from app.graph.migrations import migrate
from app.graph.sessions import Graph
from app.settings import Settings
from tests.emptying import anew

# How long an example takes says how busy the machine is; figures of time are those of bench/.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

_MARK = """
OPTIONAL MATCH (node) WHERE NOT node:Migration
WITH count(node) = 0 OR count(CASE WHEN node:TestDatabase THEN 1 END) > 0 AS ours
FOREACH (_ IN CASE WHEN ours THEN [1] END | MERGE (:TestDatabase {name: 'emptied by the tests'}))
RETURN ours
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of the run's server, with a key and a data folder of the run's own."""
    own = Settings(data=tmp_path_factory.mktemp("data"), secret_key=SecretStr("a key for tests"))
    if "neo4j_uri" in own.model_fields_set:
        yield own
        return
    with local.throwaway() as server:
        found = {"neo4j_uri": server.uri, "neo4j_password": SecretStr(server.password)}
        yield own.model_copy(update=found)


@pytest.fixture(scope="session")
def environment(settings: Settings) -> dict[str, str]:
    """The environment in which a process of its own (`oneid …`) finds the same server and the same key."""
    return os.environ | {
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.password(),
        "NEO4J_DATABASE": settings.neo4j_database,
        "ONEID_SECRET_KEY": settings.secret(),
        "ONEID_DATA": str(settings.data),
    }


@pytest_asyncio.fixture(scope="session")
async def migrated(settings: Settings) -> AsyncIterator[Graph]:
    """The run's graph with its schema; tests ask for `graph`, which is also empty."""
    async with await Graph.open(settings) as graph:
        async with graph.session(WRITE_ACCESS) as session:
            marked = await (await session.run(_MARK)).single(strict=True)
        if not marked["ours"]:
            pytest.exit(f"the tests empty their database, and the one at {settings.neo4j_uri} is in use", 2)
        await migrate(graph)
        yield graph


@pytest_asyncio.fixture
async def graph(migrated: Graph) -> Graph:
    """An empty graph with its schema, its count of calls at 0."""
    await anew(migrated)
    migrated.calls = 0
    return migrated


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent

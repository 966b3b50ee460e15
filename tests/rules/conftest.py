"""The graph of a test on rules, or of a whole module, whose people are stored once and then only read."""

import pytest_asyncio

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from tests.emptying import anew


@pytest_asyncio.fixture(scope="module")
async def module_identity(migrated: Graph, settings: Settings) -> Identity:
    """Identity on the graph, emptied when the module starts, under the default policy."""
    await anew(migrated)
    return await Identity.open(migrated, Keyring(settings.secret()), settings.policy)


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on a graph that is emptied for the test, under the default policy."""
    return await Identity.open(graph, Keyring(settings.secret()), settings.policy)

"""Two replicas on one graph, and changes that wait for a number."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings

Cypher = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on the empty graph, under the default policy."""
    return await Identity.open(graph, Keyring(settings.secret()), settings.policy)


@pytest_asyncio.fixture
async def replica(identity: Identity, settings: Settings) -> AsyncIterator[Identity]:
    """Another process's view of the same graph: a driver of its own."""
    async with await Graph.open(settings) as graph:
        yield Identity(graph, identity.keyring, identity.state)


@pytest.fixture
def cypher(graph: Graph) -> Cypher:
    """Runs a statement, to set a scene or to look at the outcome."""

    async def run(text: str, **params: Any) -> list[dict[str, Any]]:
        async with graph.session(WRITE_ACCESS) as session:
            return [record.data() async for record in await session.run(text, params)]

    return run


@pytest.fixture
def changes(cypher: Cypher) -> Callable[[int, int], Awaitable[None]]:
    """Writes the changes c-<first> to c-<last>, as writers do: without a number."""

    async def write(first: int, last: int) -> None:
        await cypher(
            "UNWIND range($first, $last) AS n "
            "CREATE (:Change:Unnumbered {id: 'c-' + right('00000' + n, 6), type: 'CREATED', name: 'new'})",
            first=first,
            last=last,
        )

    return write

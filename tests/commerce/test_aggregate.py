"""Stored figures of what people bought: equal to the orders, written where they differ, and rebuilt alike."""

from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from neo4j import READ_ACCESS, WRITE_ACCESS

from app.access.sealing import Keyring
from app.commerce.aggregate import refresh, total
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from tests.reads import world

NOW = datetime(2026, 5, 1, tzinfo=UTC)
PEOPLE = ["one-1", "one-2", "one-3", "one-4", "nobody"]
STORED = """
MATCH (p:Person)
RETURN p.oneId AS who, [p.orders, p.pieces, p.paidMinor, p.discountMinor, p.refundedMinor,
  toString(p.firstOrderAt), toString(p.lastOrderAt)] AS own,
  COLLECT { MATCH (p)-[:AS_CUSTOMER_OF]->(c:BrandProfile)-[:FOR_BRAND]->(b:Brand {key: c.brand})
    RETURN [c.key, c.name, c.orders, c.paidMinor, c.refundedMinor, toString(c.lastOrderAt)] ORDER BY c.key }
  AS profiles ORDER BY who
"""
BABIES = ["one-1|beibei", "贝贝", 3, 29902, 500, "2024-03-01T04:00:00Z"]
PETS = ["one-1|miaomiao", "喵喵", 1, 5000, 0, "2024-03-05T04:00:00Z"]
NOTHING = [0, 0, 0, 0, 0, None, None]


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on the small world."""
    keyring = Keyring(settings.secret())
    identity = await Identity.open(graph, keyring, settings.policy)
    await world.create(graph, keyring)
    return identity


async def _run(graph: Graph, text: str) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(text)).consume()


async def _stored(graph: Graph) -> dict[str, Any]:
    async with graph.session(READ_ACCESS) as session:
        return {row["who"]: (row["own"], row["profiles"]) async for row in await session.run(STORED)}


async def test_dropped_and_rebuilt(graph: Graph, identity: Identity) -> None:
    """What differs alone is written: one profile stood there already, and nothing a second time."""
    changed = await refresh(identity, PEOPLE, NOW)
    assert changed == {"people": 2, "profiles": 2}
    stored = await _stored(graph)
    group = [4, 6, 34902, 1000, 500, "2024-01-10T15:30:00Z", "2024-03-05T04:00:00Z"]
    assert stored["one-1"] == (group, [BABIES, PETS])
    assert stored["one-2"][0][:3] == [1, 1, 300]
    assert stored["one-3"] == stored["one-4"] == ([None] * 7, [])
    graph.calls = 0
    assert await refresh(identity, PEOPLE, NOW) == {}
    assert graph.calls == 1
    await _run(graph, "MATCH (c:BrandProfile) DETACH DELETE c")
    await _run(graph, "MATCH (p:Person) SET p.orders = null, p.paidMinor = null, p.firstOrderAt = null")
    await refresh(identity, PEOPLE, NOW)
    assert await _stored(graph) == stored


async def test_made_and_removed_as_needed(graph: Graph, identity: Identity) -> None:
    await refresh(identity, PEOPLE, NOW)
    await _run(graph, "MATCH (o:Order) WHERE o.brand = 'miaomiao' SET o.status = 'CANCELLED'")
    assert await refresh(identity, PEOPLE, NOW) == {"people": 1, "gone": 1}
    assert (await _stored(graph))["one-1"][1] == [BABIES]
    await _run(graph, "MATCH (o:Order {key: 'beibei|H-1'}) SET o.brand = '*'")
    assert await refresh(identity, ["one-2"], NOW) == {"gone": 1}
    found = (await _stored(graph))["one-2"]
    assert (found[0][0], found[1]) == (1, [])
    await _run(graph, "MATCH (p:Person {oneId: 'one-2'}) SET p.status = 'ERASED'")
    await _run(graph, "MATCH (o:Order {key: 'beibei|H-1'})-[r:PLACED_BY]->() DELETE r")
    assert await refresh(identity, ["one-2"], NOW) == {"people": 1}
    assert (await _stored(graph))["one-2"] == ([None] * 7, [])


async def test_up_to_a_moment(graph: Graph, identity: Identity) -> None:
    await refresh(identity, PEOPLE, datetime(2024, 1, 10, 16, tzinfo=UTC))
    found = (await _stored(graph))["one-1"]
    assert (found[0][0], [profile[:3] for profile in found[1]]) == (1, [["one-1|beibei", "贝贝", 1]])


def test_of_no_brand_there_is_nothing() -> None:
    assert total([]) == NOTHING
    assert total([[1, 2, 3, 4, 5, 6, 9], [1, 1, 1, 1, 1, 2, 3]]) == [2, 3, 4, 5, 6, 2, 9]

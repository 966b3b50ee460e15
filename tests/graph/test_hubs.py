"""A hub (a shop, a tag) has a million relationships: writers who add to it must not wait for each other."""

import asyncio

import pytest
from neo4j import WRITE_ACCESS, AsyncTransaction

from app.graph.sessions import Graph

# The pattern of design/graph-model.md: lock the small end, look, CREATE.
ADD = """
MATCH (small:Identifier {key: $key}), (hub:Shop {key: 'hub'})
SET small.lock = 1
WITH small, hub
WHERE NOT EXISTS { (small)-[:SEEN_AT]->(hub) }
CREATE (small)-[:SEEN_AT]->(hub)
"""
MERGED = """
MATCH (small:Identifier {key: $key}), (hub:Shop {key: 'hub'})
MERGE (small)-[:SEEN_AT]->(hub)
"""


@pytest.fixture
async def hub(graph: Graph) -> Graph:
    """A shop that is dense (for Neo4j, from 50 relationships on), and two identifiers that are not at it."""
    await graph.unit(
        lambda writer: writer.run(
            """
            CREATE (hub:Shop {key: 'hub'}), (:Identifier {key: 'a'}), (:Identifier {key: 'b'})
            WITH hub UNWIND range(1, 500) AS n
            CREATE (:Identifier {key: toString(n)})-[:SEEN_AT]->(hub)
            """,
            {},
        )
    )
    return graph


async def _second_waits(graph: Graph, statement: str, first: str, second: str) -> bool:
    """Whether the statement for `second` waits while the transaction that ran it for `first` is open."""
    async with graph.session(WRITE_ACCESS) as one, graph.session(WRITE_ACCESS) as other:
        opened, waiting = await one.begin_transaction(), await other.begin_transaction()
        await _run(opened, statement, first)
        adding = asyncio.create_task(_run(waiting, statement, second))
        done, _ = await asyncio.wait({adding}, timeout=1.0)
        await opened.commit()
        await adding
        await waiting.commit()
        return not done


async def _run(transaction: AsyncTransaction, statement: str, key: str) -> None:
    await (await transaction.run(statement, {"key": key})).consume()


async def _at_hub(graph: Graph) -> int:
    rows = await graph.reader().compiled(
        "MATCH (:Shop {key: 'hub'})<-[r:SEEN_AT]-() RETURN count(r) AS n", {}
    )
    return int(rows[0]["n"])


async def test_two_open_transactions_on_one_hub_do_not_wait(hub: Graph) -> None:
    assert not await _second_waits(hub, ADD, "a", "b")
    assert await _at_hub(hub) == 502


async def test_the_small_end_is_what_makes_it_once(hub: Graph) -> None:
    assert await _second_waits(hub, ADD, "a", "a")
    assert await _at_hub(hub) == 501


async def test_merge_does_wait(hub: Graph) -> None:
    """Why the pattern is there; the day this fails, it is not needed any more."""
    assert await _second_waits(hub, MERGED, "a", "b")

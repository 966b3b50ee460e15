"""A hub (a shop, a tag) has a million relationships: writers who add to it must not wait for each other."""

import asyncio
import re
from typing import Any

import pytest
from neo4j import WRITE_ACCESS, AsyncTransaction

from app.graph.queries import write_query
from app.graph.sessions import Graph

_STORE = write_query("ingest/facts_store")

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


async def test_orders_of_one_product_at_one_shop_do_not_wait(graph: Graph) -> None:
    """The statement that stores facts, in two open transactions: the shop and the product are hubs."""
    await graph.unit(
        lambda writer: writer.run(
            """
            CREATE (shop:Shop {key: 'hub'}), (product:Product {key: 'hub'}), (tag:Tag {key: 'hub'})
            WITH * UNWIND range(1, 500) AS n
            CREATE (i:Identifier {key: 'i' + n})-[:ASSERTED]->(tag)
            CREATE (o:Order {key: 'o' + n})-[:PLACED_AT]->(shop) CREATE (o)-[:CONTAINS]->(product)
            CREATE (e:Event {key: 'e' + n})-[:ABOUT]->(product) CREATE (e)-[:ABOUT]->(shop)
            """,
            {},
        )
    )
    empty: dict[str, Any] = {name: [] for name in re.findall(r"\$rows\.(\w+)", _STORE.text)} | {"at": 0}

    def rows(which: str) -> dict[str, Any]:
        key = {"key": f"mumu|{which}"}
        line = {"line": 0, "quantity": 1, "amount": 1, "discount": 0, "own": 0, "refunded": 0, "net": 1}
        tag = {"since": 0, "value": None, "by": "crm", "brand": "mumu", "fresh": True, "lifted": False}
        return empty | {
            "placed_at": [key | {"shop": "hub"}],
            "lines": [key | {"product": "hub"} | line],
            "about_shops": [key | {"about": "hub"}],
            "about_products": [key | {"about": "hub"}],
            "asserted": [{"key": which, "label": "Identifier", "tag": "hub"} | tag],
        }

    for which in ("a", "b"):
        made = "CREATE (:Order {key: $k}), (:Event {key: $k}), (:Identifier {key: $i})"
        await graph.unit(lambda writer, w=which, m=made: writer.run(m, {"k": f"mumu|{w}", "i": w}))
    async with graph.session(WRITE_ACCESS) as one, graph.session(WRITE_ACCESS) as other:
        opened, waiting = await one.begin_transaction(), await other.begin_transaction()
        await (await opened.run(_STORE.text, {"rows": rows("a")})).consume()
        adding = asyncio.create_task(_stored(waiting, rows("b")))
        done, _ = await asyncio.wait({adding}, timeout=5.0)
        await opened.commit()
        await adding
        await waiting.commit()
    assert done, "the second writer waited for the first"
    counted = """
    RETURN COUNT { (:Shop {key: 'hub'})<--() } AS shop, COUNT { (:Product {key: 'hub'})<--() } AS product,
      COUNT { (:Tag {key: 'hub'})<--() } AS tag
    """
    assert tuple((await graph.reader().compiled(counted, {}))[0].values()) == (1004, 1004, 502)


async def _stored(transaction: AsyncTransaction, rows: dict[str, Any]) -> None:
    await (await transaction.run(_STORE.text, {"rows": rows})).consume()

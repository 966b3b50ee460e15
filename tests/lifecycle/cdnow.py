"""The whole CDNOW file against pandas: 69,659 orders through ingest, then the daily job.

    python -m tests.lifecycle.cdnow        with NEO4J_URI naming a database that may be emptied

Prints how long each step took, and how many scores and cycles differ: none.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from neo4j import READ_ACCESS

from app.access.sealing import Keyring
from app.commerce import aggregate
from app.context import DEVELOPER, Context
from app.graph.migrations import migrate
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from app.jobs.refresh_lifecycle import refresh_lifecycle
from app.settings import settings
from seed import cdnow
from tests.lifecycle import pandas_says
from tests.lifecycle.test_cdnow import NOW

BATCH = 1000
SCORES = (
    "MATCH (m:Member)-[:IDENTIFIES]->()-[:AS_CUSTOMER_OF]->(held:BrandProfile {brand: 'cdnow'}) "
    "RETURN m.value AS who, [held.recency, held.frequency, held.monetary, held.rfmOrders, "
    "held.rfmNetMinor] AS found"
)
CYCLE = (
    "MATCH (c:RepurchaseCycle {key: 'cdnow|music'}) RETURN [c.buyers, c.repeaters, c.purchases, c.intervals, "
    "c.meanDays, c.medianDays, c.lowerQuartileDays, c.upperQuartileDays] AS found"
)


@asynccontextmanager
async def timed(what: str) -> AsyncIterator[None]:
    """Prints how long it took."""
    begun = perf_counter()
    yield
    print(f"{what}: {perf_counter() - begun:.1f} s", flush=True)


async def main() -> int:
    """Imports, derives, compares; 1 when anything differs."""
    async with await Graph.open(settings()) as graph:
        await migrate(graph)
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        rows = [cdnow.observation(one) for one in cdnow.purchases()]
        context = Context(DEVELOPER, graph, identity.keyring, identity.state.policy, identity=identity)
        async with timed(f"{len(rows):,} observations"):
            for start in range(0, len(rows), BATCH):
                await ingest(context, rows[start : start + BATCH])
        people = [row["p"] for row in await _rows(graph, "MATCH (p:Person) RETURN p.oneId AS p")]
        async with timed(f"aggregates of {len(people):,} people"):
            for start in range(0, len(people), BATCH):
                await aggregate.refresh(identity, people[start : start + BATCH], NOW)
        for _ in range(2):
            async with timed("refresh-lifecycle"):
                print(dict((await refresh_lifecycle(identity, NOW)).counts))
        return await _compared(graph)


async def _compared(graph: Graph) -> int:
    raw = pandas_says.read(cdnow.DATA, lambda _: True)
    expected = pandas_says.by_quantiles(pandas_says.base(raw, NOW))
    found = {row["who"]: row["found"] for row in await _rows(graph, SCORES)}
    differ = sum(found.get(who) != scores for who, scores in expected.items())
    (cycle,) = await _rows(graph, CYCLE)
    print(f"{len(expected):,} customers scored, {differ} differ; cycle {cycle['found']}")
    return int(differ > 0 or len(found) != len(expected) or cycle["found"] != pandas_says.cycle(raw))


async def _rows(graph: Graph, text: str) -> list[dict[str, Any]]:
    async with graph.session(READ_ACCESS) as session:
        return [record.data() async for record in await session.run(text)]


if __name__ == "__main__":
    os.environ["ONEID_CURRENCY"] = "USD"
    sys.exit(asyncio.run(main()))

"""RFM scores and repurchase figures of real purchases: equal to what pandas makes of the raw file.

Of the 23,544 customers every fortieth is taken, those whose number leaves 7, so that the choice depends on
nothing else: 590 customers. They go in as any observations do. `python -m tests.lifecycle.cdnow` compares the
whole file in the same way.
"""

from datetime import datetime
from typing import Any

import pytest_asyncio

from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.identity.service import Identity
from app.jobs.refresh_lifecycle import refresh_lifecycle
from seed import cdnow
from tests.ingest.conftest import Send
from tests.jobs.conftest import Cypher
from tests.lifecycle import pandas_says
from tests.lifecycle.conftest import Declare, Derive

NOW = datetime.fromisoformat("2022-07-01T12:00:00+08:00")
FIXED = """
version: 1
stages: [{key: ALL, rule: {everyone: true}}]
rfm:
  by: bounds
  recency: [90, 180, 365, 480]
  frequency: [1, 2, 4, 8]
  monetary: ["15.00", "30", "60.00", "120.50"]
brands:
  cdnow: {rfm: {by: quantiles}}
"""


def chosen(customer: str) -> bool:
    """Whether the test is about this customer."""
    return int(customer) % 40 == 7


@pytest_asyncio.fixture
async def imported(send: Send, declare: Declare, derive: Derive) -> int:
    """The customers that are chosen, with all their orders, stored and derived. Returns how many orders."""
    declare(currency="USD", lifecycle=FIXED)
    rows = [cdnow.observation(one) for one in cdnow.purchases() if chosen(one.customer)]
    for start in range(0, len(rows), 500):
        result = await send(*rows[start : start + 500])
        assert not result.rejected
    await derive(NOW)
    return len(rows)


async def test_equal_to_pandas(imported: int, identity: Identity, cypher: Cypher) -> None:
    raw = pandas_says.read(cdnow.DATA, chosen)
    assert imported == len(raw) > 1500
    run = await refresh_lifecycle(identity, NOW)
    assert run.counts["scored"] == raw["customer"].nunique() == 590

    base = pandas_says.base(raw, NOW)
    of_brand = await _scores(cypher, "(p)-[:AS_CUSTOMER_OF]->(held:BrandProfile {brand: 'cdnow'})")
    assert of_brand == pandas_says.by_quantiles(base)
    group = await _scores(cypher, "(held:Person) WHERE held = p")
    assert group == pandas_says.by_bounds(base, [90, 180, 365, 480], [1, 2, 4, 8], [1500, 3000, 6000, 12050])
    assert of_brand != group
    (bounds,) = await cypher(
        "MATCH (b:RfmBase {key: 'cdnow'}) RETURN [b.recency, b.frequency, b.monetary] AS found"
    )
    assert bounds["found"] == pandas_says.quantiles(base)

    figures = await cypher(
        "MATCH (c:RepurchaseCycle) RETURN c.key AS key, [c.buyers, c.repeaters, c.purchases, c.intervals, "
        "c.meanDays, c.medianDays, c.lowerQuartileDays, c.upperQuartileDays] AS found"
    )
    expected = pandas_says.cycle(raw)
    keys = ("*|*", "*|music", "cdnow|*", "cdnow|music")
    assert {row["key"]: row["found"] for row in figures} == dict.fromkeys(keys, expected)
    assert await _cycles(identity, raw) == pandas_says.cycles(raw)


async def _scores(cypher: Cypher, held: str) -> dict[str, list[int]]:
    rows = await cypher(
        f"MATCH (m:Member)-[:IDENTIFIES]->(p:Person) MATCH {held} "
        "RETURN m.value AS who, [held.recency, held.frequency, held.monetary, "
        "held.rfmOrders, held.rfmNetMinor] AS found"
    )
    return {row["who"]: row["found"] for row in rows}


async def _cycles(identity: Identity, raw: Any) -> dict[str, list[Any]]:
    """Each customer's own cycle, as callers read it."""
    who = sorted(set(raw["customer"]))
    by = [{"identifier": {"kind": "member", "scope": "cdnow", "value": one}} for one in who]
    query = """query ($by: [PersonBy!]!) { people(by: $by) {
      repurchase { purchases meanDays medianDays nextExpected basis } } }"""
    context = Context(DEVELOPER, identity.graph, identity.keyring, identity.state.policy, NOW)
    answer = await Requests(GRAPHQL).answer(query, {"by": by}, None, context)
    assert "errors" not in answer, answer["errors"]
    return {
        one: list(found["repurchase"].values())
        for one, found in zip(who, answer["data"]["people"], strict=True)
    }

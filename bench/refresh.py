"""What it costs to keep derivations up to date: by who is dirty or due, and not by how many there are.

People with an account, three orders and a baby each, and ten tags by rules about all of that, written
straight into an empty graph. First the same thousand dirty people among ten thousand and among a hundred
thousand; then, among a hundred thousand babies (and no orders, whose windows end every day), the day on
which one in a hundred turns six months old, beside everybody through the same derivations. Each is the
median of some rounds, of other people each time; the first round is not counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from neo4j import Driver

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.derivations import STEPS
from app.jobs.refresh import STEP, Refreshing, refresh_dirty, refresh_due
from app.rules.model import parse
from app.tags.defining import define
from app.tags.model import Definition
from bench.figure import Figure
from bench.ground import Ground

FEW, MANY, DIRTY = 10_000, 100_000, 1_000
ROUNDS = 4  # of which the first warms up
MOST_DIRTY, MOST_DUE = 3.0, 0.05
NOON = datetime(2026, 3, 14, 4, tzinfo=UTC)
BORN = date(2025, 10, 1)
"""The first baby's birthday; a hundredth is born each day from then on."""

_FILL = """
UNWIND range($first, $last) AS n
CREATE (p:Person {oneId: 'P' + right('0000000' + n, 8), born: toString(n), status: 'ACTIVE', name: 'P',
  since: $at})
CREATE (i:Identifier:Member {key: 'member|mumu|' + n, kind: 'member', scope: 'mumu', value: toString(n),
  name: toString(n), firstSeen: $at, lastSeen: $at, brands: ['mumu'], city: '上海', t_city: $at,
  gender: ['F', 'M'][n % 2], t_gender: $at})
CREATE (i)-[:IDENTIFIES {since: $at}]->(p), (p)-[:OWNED_BY]->(i)
CREATE (d:Dependent:Baby {key: 'mumu|b-' + n, kind: 'BABY', brand: 'mumu',
  birthday: date($born) + duration({days: n % 100})})
CREATE (d)-[:DEPENDENT_OF {relation: 'child', since: $at, last: $at}]->(i)
FOREACH (k IN $orders |
  CREATE (:Order {key: 'mumu|' + n + '-' + k, number: toString(n), brand: 'mumu', status: 'PAID',
    currency: 'CNY', placedAt: $at + duration({days: n % 60 + k}), at: $at + duration({days: n % 60 + k}),
    said: $at, amountMinor: 30000 + n % 7 * 10000, discountMinor: 0, refundedMinor: 0,
    netMinor: 30000 + n % 7 * 10000, quantity: k})-[:PLACED_BY {at: $at}]->(i))
"""
_MARK = """
UNWIND range($first, $last) AS n
MATCH (p:Person {oneId: 'P' + right('0000000' + n, 8)}) SET p.dirtyAt = $at
"""


def _paid(over: int) -> dict[str, Any]:
    return {"order": {"measure": "SUM_AMOUNT", "is": {"gt": over}, "within": {"last": "90d"}}}


def _tags() -> list[Definition]:
    def tag(key: str, rule: dict[str, Any], **more: Any) -> Definition:
        return Definition(key, set_by="RULE", rule=parse(rule), **more)

    return [
        tag("mid", _paid(1000), group="value", rank=1),
        tag("high", _paid(2000), group="value", rank=2),
        tag("often", {"order": {"is": {"gte": 3}, "within": {"last": "30d"}}}),
        tag("asleep", {"not": {"order": {"within": {"last": "60d"}}}}),
        tag("new", {"order": {"pick": "FIRST", "within": {"last": "30d"}}}),
        tag("shanghai", {"attribute": {"name": "city", "is": {"eq": "上海"}}}),
        tag("mother", {"dependent": {"where": {"kind": "BABY"}}}),
        tag("six-months", {"dependent": {"where": {"ageMonths": {"eq": 6}}}}),
        tag("half", {"dependent": {"where": {"ageMonths": {"gte": 6}}}}, subject="BABY"),
        tag("valued-mother", {"all": [{"tag": {"key": "mother"}}, {"tag": {"key": "high"}}]}),
    ]


def measure(ground: Ground) -> Iterator[Figure]:
    """The two figures, each on a graph of its own."""
    share = 10 if ground.quick else 1
    few, many = (asyncio.run(_dirty(ground, size // share, DIRTY // share)) for size in (FEW, MANY))
    terms = [
        f"{DIRTY // share:,} dirty among {size // share:,}: {took:.2f} s"
        for size, took in ((FEW, few), (MANY, many))
    ]
    yield Figure(
        "refresh of the dirty", many / few, MOST_DIRTY, f"times the cost in a graph of {FEW:,}", terms, True
    )
    due, everybody, looked = asyncio.run(_due(ground, MANY // share))
    terms = [
        f"{looked:,} due of {MANY // share:,} dependents: {due:.2f} s",
        f"everybody through the same: {everybody:.1f} s",
    ]
    yield Figure("refresh of the due", due / everybody, MOST_DUE, "of a full recompute", terms, True)
    ground.empty()


async def _dirty(ground: Ground, size: int, dirty: int) -> float:
    """Seconds that so many dirty people take."""
    _fill(ground, size, orders=[1, 2, 3])
    async with await Graph.open(ground.settings) as graph:
        identity, took = await _defined(ground, graph), list[float]()
        for number in range(ROUNDS):
            first = number * dirty * 2 % size  # others each time, where there are so many
            _mark(ground, first, first + dirty - 1)
            start = perf_counter()
            run = await refresh_dirty(identity, NOON)
            took.append(perf_counter() - start)
            if run.counts["people"] != dirty or run.failures:
                raise AssertionError(f"{run.counts} of {dirty} dirty people, {run.failures[:3]} failed")
    return median(took[1:])


async def _due(ground: Ground, size: int) -> tuple[float, float, int]:
    """Seconds of the daily run and of everybody through the same; how many dependents were due."""
    _fill(ground, size, orders=[])
    async with await Graph.open(ground.settings) as graph:
        identity = await _defined(ground, graph)
        await _everybody(identity, size, NOON)  # what is carried, and everybody's next day
        day, took, looked = NOON.replace(hour=0) + timedelta(minutes=5), list[float](), 0
        for _ in range(1, 60):
            await refresh_due(identity, day)
            if day.date() >= date(2026, 4, 4):
                break
            day += timedelta(days=1)
        for _ in range(ROUNDS):
            day += timedelta(days=1)
            looked = int((await graph.reader().compiled(_COUNT, {"today": day.date()}))[0]["n"])
            start = perf_counter()
            await refresh_due(identity, day)
            took.append(perf_counter() - start)
        start = perf_counter()
        await _everybody(identity, size, day)
        everybody = perf_counter() - start
    return median(took[1:]), everybody, looked


_COUNT = "MATCH (d:Dependent) WHERE d.nextDue <= $today RETURN count(d) AS n"


async def _everybody(identity: Identity, size: int, as_of: datetime) -> None:
    run = Refreshing(identity, as_of, [step for step in STEPS if step.calendar])
    for first in range(0, size, STEP):
        await run.step({f"P{n:08}": None for n in range(first, min(first + STEP, size))})


async def _defined(ground: Ground, graph: Graph) -> Identity:
    identity = await Identity.open(graph, Keyring(ground.settings.secret()), ground.settings.policy)
    for one in _tags():
        done = await define(identity, one, "bench", "figures", kinds=("BABY",), check=lambda rule, known: [])
        if done.problems:
            raise AssertionError(str(done.problems))
    return identity


def _fill(ground: Ground, size: int, orders: list[int]) -> None:
    ground.empty()
    with ground.driver() as driver:
        for first in range(0, size, 5_000):
            last = min(first + 5_000, size) - 1
            rows = {"first": first, "last": last, "born": str(BORN), "orders": orders}
            _run(driver, ground, _FILL, at=NOON - timedelta(days=65), **rows)


def _mark(ground: Ground, first: int, last: int) -> None:
    with ground.driver() as driver:
        _run(driver, ground, _MARK, first=first, last=last, at=NOON)


def _run(driver: Driver, ground: Ground, text: str, **params: Any) -> None:
    driver.execute_query(text, params, database_=ground.settings.neo4j_database)

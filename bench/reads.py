"""This service over HTTP, beside @neo4j/graphql with Apollo Server and beside the bare driver.

    python -m bench reads [--quick]

All three on one graph of 100,000 people, in one run, in turn: `oneid serve` in a process of its own with
every limit on, the peer (bench/peer) in one of its own, and the async driver alone in this process, with the
statements and parameters that the planner sends for the same people. Both services are asked by the same
load, and their answers are compared before anything is timed. Medians of five rounds of five seconds, at
concurrency 1, 16 and 64.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import uvloop
from neo4j import READ_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import Policy, load_policy
from app.main import spare_the_collector
from bench.figure import Figure
from bench.ground import Ground
from bench.population import PEOPLE, Population
from bench.reads_load import Http, Side, Tasks, interleaved, request, warmed
from bench.reads_processes import database_process, peer, service
from bench.reads_queries import QUERIES, One, Query, same

CONCURRENCY = (1, 16, 64)
FLOOR, AT = 0.65, 16  # of the bare driver's throughput at that concurrency
SLOWEST = 1.5  # times the bare driver's p99
FULL, QUICK = (5.0, 5), (0.5, 2)  # seconds and rounds
WARM = 3  # rounds, uncounted, of each query before its figures
_COMPARED = 50  # answers of each query
_KEPT = 4_000  # requests of each query for one person; of a hundred, a tenth of it
_SAMPLE = """
MATCH (it:OpenId) WHERE rand() < $share
RETURN it.kind AS kind, it.scope AS scope, it.value AS value LIMIT 40000
"""


def measure(ground: Ground) -> Iterator[Figure]:
    """The figures of each query. Raises Misconfigured without Node.js, AssertionError for unequal answers."""
    people = max(ground.people // 10, 200) if ground.quick else PEOPLE
    policy, keyring = _policy(ground), Keyring(ground.settings.secret())
    ground.empty()
    with ground.driver() as driver:
        Population(policy, keyring, people, facts=True).write(driver, ground.settings.neo4j_database)
    sample = _sample(ground, people)
    with service(ground) as ours, peer(ground) as peers:
        for query in QUERIES:
            yield from uvloop.run(_compared(ground, query, sample, ours, peers))
    ground.empty()


async def _compared(
    ground: Ground, query: Query, sample: Sequence[One], ours: tuple[int, int], peers: tuple[int, int]
) -> list[Figure]:
    """One query: its figures, once everything is measured."""
    asks = _asks(query, sample)
    database = database_process(ground.settings.neo4j_uri)
    mine = Http(ours[0], [request(query.our_body(ask)) for ask in asks])
    theirs = Http(peers[0], [request(query.peers_body(ask)) for ask in asks])
    for number in range(min(_COMPARED, len(asks))):
        answers = await mine.once(number), await theirs.once(number)
        assert same(query, *answers), f"{query.name}: unequal answers {answers}"
    async with await Graph.open(ground.settings) as graph:
        bare = Tasks(await _bare(ground, graph, query, asks))
        sides = (
            Side("oneid", mine, ours[1], database),
            Side("peer", theirs, peers[1], database),
            Side("bare driver", bare, None, database),
        )
        spare_the_collector()
        return await _figures(ground, query, sides)


async def _figures(ground: Ground, query: Query, sides: Sequence[Side]) -> list[Figure]:
    figures = []
    oneid, other, bare = sides
    seconds, rounds = QUICK if ground.quick else FULL
    await warmed(sides, WARM * seconds)
    for concurrency in CONCURRENCY:
        await interleaved(sides, concurrency, seconds, rounds)
        spent = [side.middle("cpu") + side.middle("database") for side in (oneid, other)]
        terms = [
            f"medians of {rounds} interleaved rounds of {seconds:g} s",
            *(side.told() for side in sides),
            f"CPU of server and database: the peer's is {spent[1] / spent[0]:.2f} times ours",
        ]
        name, at = query.name, f"concurrency {concurrency}"
        to_peer, to_bare = (oneid.middle("rate") / side.middle("rate") for side in (other, bare))
        slow = oneid.middle("p99") / bare.middle("p99")
        figures.append(Figure(name, to_peer, query.asked, f"times the peer's throughput, {at}", terms))
        least = FLOOR if concurrency == AT else 0.0
        figures.append(Figure(name, to_bare, least, f"of the bare driver's throughput, {at}"))
        figures.append(Figure(name, slow, SLOWEST, f"times the bare driver's p99, {at}", most=True))
    return figures


def _asks(query: Query, sample: Sequence[One]) -> list[Sequence[One]]:
    """Whom each request is about: one person, or a hundred."""
    if query.size == 1:
        return [[one] for one in sample[:_KEPT]]
    chosen = random.Random(1)
    return [chosen.sample(sample, query.size) for _ in range(_KEPT // 10)]


def _sample(ground: Ground, people: int) -> list[One]:
    with ground.driver() as driver:
        share = min(1.0, 40_000 / people)
        rows, _, _ = driver.execute_query(_SAMPLE, share=share, database_=ground.settings.neo4j_database)
    sample: list[One] = [row.data() for row in rows]
    random.Random(1).shuffle(sample)
    return sample


def _policy(ground: Ground) -> Policy:
    return load_policy(ground.settings.policy.read_text(encoding="utf-8"))


class _Recorder:
    """Stands where statements are sent, to see what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def cells(self, text: str, params: dict[str, Any], **_: Any) -> list[None]:
        self.sent.append((text, params))
        return [None]


async def _bare(
    ground: Ground, graph: Graph, query: Query, asks: Sequence[Sequence[One]]
) -> Callable[[int], Awaitable[None]]:
    """The driver alone: the statements and parameters that the service sends, their row taken."""
    recorder = _Recorder()

    class Recorded(Context):
        def reader(self) -> Any:
            return recorder

    context = Recorded(DEVELOPER, graph, Keyring(ground.settings.secret()), _policy(ground))
    requests = Requests(GRAPHQL)
    for ones in asks:
        by = [{"identifier": dict(one)} for one in ones]
        await requests.answer(query.ours, {"by": by if query.size > 1 else by[0]}, None, context)
    sent, driver, database = recorder.sent, graph.driver, graph.database

    async def ask(number: int) -> None:
        text, params = sent[number % len(sent)]
        async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
            row = await (await session.run(text, params)).single()
        assert row is not None
        assert row[0] is not None

    return ask

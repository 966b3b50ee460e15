"""why and whyNot beside a point read: a person with identifiers by one of them, on the same GraphQL route.

All three in this process, as `POST /graphql` asks them of the planner, one after the other for the same
people, on the demo world: why of two identifiers of one person, whyNot of two between whom there is evidence
that lost, both with their words and their steps or blockers. The first tenth is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

import uvloop
from neo4j import READ_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.main import spare_the_collector
from bench.figure import Figure
from bench.ground import Ground

ASKED = 10.0  # point reads, at p95
COUNTED, QUICK = 3_000, 200  # pairs of each
_JOINED = """
MATCH (p:Person) WHERE rand() < $share
CALL (p) {
  MATCH (p)<-[:IDENTIFIES]-(i:Identifier) WHERE i.value IS NOT NULL
  WITH i ORDER BY rand() LIMIT 2
  RETURN collect({kind: i.kind, scope: i.scope, value: i.value}) AS two
}
WITH two WHERE size(two) = 2
RETURN two LIMIT $most
"""
_APART = """
MATCH (a:Identifier)-[l:LINKED {state: 'suppressed'}]->(b:Identifier)
WHERE a.value IS NOT NULL AND b.value IS NOT NULL AND l.reason <> 'PROPOSED'
WITH a, b ORDER BY rand() LIMIT $most
RETURN [x IN [a, b] | {kind: x.kind, scope: x.scope, value: x.value}] AS two
"""
QUERIES = {
    "person": """query ($a: IdentifierInput!) {
      person(by: {identifier: $a}) {
        oneId status since identifiers { kind scope display firstSeen lastSeen }
      }
    }""",
    "why": """query ($a: IdentifierInput!, $b: IdentifierInput!) {
      why(a: $a, b: $b) {
        joined text steps { a { kind display } b { kind display } firstSeen lastSeen sources }
      }
    }""",
    "whyNot": """query ($a: IdentifierInput!, $b: IdentifierInput!) {
      whyNot(a: $a, b: $b) {
        joined text
        blockers { reason pair { a { kind display } b { kind display } } blockedBy { kind display } }
      }
    }""",
}


def measure(ground: Ground) -> Iterator[Figure]:
    """The two figures, on the graph that the import leaves."""
    ground.fill()
    times = uvloop.run(_timed(ground))
    read = _p95(times["person"])
    for name in ("why", "whyNot"):
        terms = [f"{one:<8} {_told(times[one])}" for one in ("person", name)]
        yield Figure(f"{name}, p95", _p95(times[name]) / read, ASKED, "point reads (p95)", terms, most=True)


async def _timed(ground: Ground) -> dict[str, list[float]]:
    most = QUICK if ground.quick else COUNTED
    async with await Graph.open(ground.settings) as graph:
        identity = await Identity.open(graph, Keyring(ground.settings.secret()), ground.settings.policy)
        joined = await _pairs(graph, _JOINED, share=min(1.0, 4 * most / ground.people), most=most)
        apart = await _pairs(graph, _APART, most=most)
        if not (joined and apart):
            raise LookupError("this world has too few people for why and whyNot: ask for more of them")
        spare_the_collector()
        asker, times = Requests(GRAPHQL), dict[str, list[float]]((name, []) for name in QUERIES)
        for number in range(most):
            for name, pairs in (("person", joined), ("why", joined), ("person", apart), ("whyNot", apart)):
                a, b = pairs[number % len(pairs)]
                context = Context(
                    DEVELOPER, graph, identity.keyring, identity.state.policy, identity=identity
                )
                times[name].append(await _asked(asker, context, name, {"a": a, "b": b}))
    return {name: took[len(took) // 10 :] for name, took in times.items()}


async def _asked(asker: Requests, context: Context, name: str, variables: dict[str, Any]) -> float:
    start = perf_counter()
    answer = await asker.answer(
        QUERIES[name], variables if name != "person" else {"a": variables["a"]}, None, context
    )
    took = perf_counter() - start
    [found] = answer["data"].values()
    if "errors" in answer or found is None or (name != "person" and found["joined"] != (name == "why")):
        raise AssertionError(f"{name} of {variables}: {answer}")
    return took


async def _pairs(graph: Graph, text: str, **params: Any) -> list[list[dict[str, str]]]:
    async with graph.session(READ_ACCESS) as session:
        return [row["two"] async for row in await session.run(text, params)]


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def _told(took: list[float]) -> str:
    return f"p50 {median(took) * 1e3:6.2f} ms   p95 {_p95(took) * 1e3:6.2f} ms   of {len(took):,}"

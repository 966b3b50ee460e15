"""What the compiler of rules makes, beside Cypher written by hand for the same rule, on one graph.

    python -m bench segments [--quick]

A hundred thousand people with 400,000 orders and 100,000 dependents. Each of twelve rules is counted by the
compiled statement and by its file in bench/segments_cypher, in turn; the counts are compared first. Beside
that, the first page of fifty with its count among 25,000 people and among 100,000, how many statements a
page with everything about its people takes, and a saved segment after a hundred people changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph, Reader
from app.identity.policy import load_policy
from app.rules import compiler
from app.rules.compiler import Compiled
from app.rules.compiler_sizes import sized, sizes
from app.rules.model import Rule, parse
from app.rules.statement import Settings
from app.rules.windows import Clock
from bench import segments_refresh
from bench.figure import Figure
from bench.ground import Ground
from bench.population import PEOPLE, Population
from bench.segments_rules import RULES, THREE_PARTS, times

FEW = PEOPLE // 4
PAGE = 50
SLOWEST, GROWTH, MORE_CALLS = 1.3, 4.5, 1.0
ROUNDS, WARM = 15, 5
ZONE = ZoneInfo("Asia/Shanghai")
BY_HAND = Path(__file__).parent / "segments_cypher"
_QUERY = """
query Page($rule: SegmentRule!, $first: Int!) {
  segmentPreview(rule: $rule) { members(first: $first) { edges { node {
    oneId dependents { kind birthday } tags { tag { key } }
    orders { edges { node { number shop { key name } } } } } } } }
}
"""


def measure(ground: Ground) -> Iterator[Figure]:
    """The figures. Raises AssertionError where the compiled count is not the one by hand."""
    share = 40 if ground.quick else 1
    _fill(ground, FEW // share)
    few = asyncio.run(_first_page(ground))
    _fill(ground, PEOPLE // share)
    yield from asyncio.run(_rules(ground))
    many = asyncio.run(_first_page(ground))
    terms = [
        f"among {people // share:,}: count {count:.1f} ms, page of {PAGE} {page:.1f} ms, choosing where to "
        f"start {choice:.1f} ms"
        for people, (count, page, choice) in ((FEW, few), (PEOPLE, many))
    ]
    growth = (many[0] + many[1] + many[2]) / sum(few)
    yield Figure(
        "first page with its count", growth, GROWTH, "times as long for 4 times the people", terms, True
    )
    yield asyncio.run(_calls(ground))
    yield asyncio.run(segments_refresh.measure(ground))
    ground.empty()


def _fill(ground: Ground, people: int) -> None:
    ground.empty()
    policy = load_policy(ground.settings.policy.read_text(encoding="utf-8"))
    with ground.driver() as driver:
        made = Population(policy, Keyring(ground.settings.secret()), people, facts=True)
        made.write(driver, ground.settings.neo4j_database)


def _settings() -> Settings:
    return Settings(Clock(datetime.now(UTC), ZONE))


async def _rules(ground: Ground) -> list[Figure]:
    async with await Graph.open(ground.settings) as graph:
        return [await _beside(ground, graph.reader(), name, parse(said)) for name, said in RULES.items()]


async def _beside(ground: Ground, reader: Reader, name: str, rule: Rule) -> Figure:
    """One rule: compiled and by hand in turn, the first rounds uncounted."""
    settings = _settings()
    asked = sizes(rule, settings)
    compiled = compiler.count(rule, await sized(reader, rule, settings))
    by_hand = Compiled((BY_HAND / f"{name}.cypher").read_text(encoding="utf-8"), {"p": times(settings.clock)})
    sides = {"compiled": compiled, "by hand": by_hand} | ({"choice": asked} if asked else {})
    found = {side: await _rows(reader, one) for side, one in sides.items()}
    people = found["compiled"][0]["n"]
    assert people == found["by hand"][0]["n"], f"{name}: {found}"
    assert people or ground.quick, f"{name} has no hits"
    took = await _interleaved(sides, lambda one: _rows(reader, one), 2 if ground.quick else ROUNDS)
    terms = [
        f"{people:,} people: compiled {took['compiled']:.1f} ms, by hand {took['by hand']:.1f} ms",
        f"choosing where to start: {took['choice']:.1f} ms" if asked else "no choice where to start",
    ]
    ratio = took["compiled"] / took["by hand"]
    return Figure(name.replace("_", " "), ratio, SLOWEST, "times the time of Cypher by hand", terms, True)


async def _rows(reader: Reader, asked: Compiled) -> list[Mapping[str, Any]]:
    return [dict(row) for row in await reader.compiled(asked.text, asked.params)]


async def _interleaved(
    sides: Mapping[str, Compiled], ask: Callable[[Compiled], Awaitable[Any]], rounds: int
) -> dict[str, float]:
    """The median of each side in milliseconds; who is first changes from round to round."""
    took: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds + WARM):
        for place in range(len(names)):
            name = names[(place + number) % len(names)]
            start = perf_counter()
            await ask(sides[name])
            if number >= WARM:
                took[name].append((perf_counter() - start) * 1e3)
    return {name: median(some) for name, some in took.items()}


async def _first_page(ground: Ground) -> tuple[float, float, float]:
    """Milliseconds of the count, of the first page, and of choosing where they start: the three parts."""
    rule, settings = parse(THREE_PARTS), _settings()
    async with await Graph.open(ground.settings) as graph:
        reader = graph.reader()
        asked, known = sizes(rule, settings), await sized(reader, rule, settings)
        assert asked is not None, "three parts have more than one place to start"
        sides = {
            "count": compiler.count(rule, known),
            "page": compiler.page(rule, known, first=PAGE),
            "choice": asked,
        }
        took = await _interleaved(sides, lambda one: _rows(reader, one), 2 if ground.quick else ROUNDS)
    return took["count"], took["page"], took["choice"]


async def _calls(ground: Ground) -> Figure:
    """Statements of a page of twenty people with what they have, beside a page of one."""
    sent = {}
    policy = load_policy(ground.settings.policy.read_text(encoding="utf-8"))
    async with await Graph.open(ground.settings) as graph:
        context = Context(DEVELOPER, graph, Keyring(ground.settings.secret()), policy)
        requests = Requests(GRAPHQL)
        for first in (1, 20):
            before = graph.calls
            variables = {"rule": RULES["one_tag"], "first": first}
            answer = await requests.answer(_QUERY, variables, None, context)
            assert "errors" not in answer, answer
            assert len(answer["data"]["segmentPreview"]["members"]["edges"]) == first, answer
            sent[first] = graph.calls - before
    terms = [f"a page of {first}: {calls} statements" for first, calls in sent.items()]
    return Figure(
        "page with all facts", sent[20] / sent[1], MORE_CALLS, "times the calls of a page of 1", terms, True
    )

"""One observation, taken in as the mutation takes it in, against an empty write transaction.

The floor is what any write of the same driver costs that waits for its commit: `session.execute_write` with
one statement that does nothing, consumed. Every observation is followed by one of them, so that both meet the
same machine. The stream is a noisy world that the graph, which holds the demo world, has not seen before; its
first 2,000 observations warm both ends up and are not counted. Beside it: an empty transaction whose BEGIN
travels with the statement, as units of work have it, which is a round trip less.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import uvloop
from neo4j import WRITE_ACCESS, AsyncManagedTransaction

from app.access.sealing import Keyring
from app.context import DEVELOPER, Context
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from bench import noisy_world
from bench.figure import Figure
from bench.ground import Ground

ASKED = 4.0  # empty write transactions
WARMING, COUNTED = 2_000, 2_000  # observations


@dataclass
class Times:
    """Seconds of each, and the statements that each observation sent."""

    observation: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)
    pipelined: list[float] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)


def measure(ground: Ground) -> Iterator[Figure]:
    """The figure; the noisy world is in the graph afterwards, too."""
    ground.fill()
    warming, counted = (WARMING // 10, COUNTED // 10) if ground.quick else (WARMING, COUNTED)
    stream = _stream(ground.folder, warming + counted)
    times = uvloop.run(_timed(ground, stream, warming))  # as the service does
    one, empty, pipelined = (median(each) for each in (times.observation, times.empty, times.pipelined))
    slow = sorted(times.observation)[int(len(times.observation) * 0.99)]
    calls = sum(times.calls) / len(times.calls)
    yield Figure(
        "one observation",
        one / empty,
        ASKED,
        "empty write transactions (p50)",
        (
            f"observation p50 {one * 1e3:.2f} ms  p99 {slow * 1e3:.2f} ms; "
            f"empty write transaction p50 {empty * 1e3:.2f} ms; {len(times.observation):,} of each",
            f"statements over Bolt an observation: {median(times.calls):.0f} (p50), {calls:.2f} (mean), "
            "and a commit",
            f"{one / pipelined:.2f} empty transactions with a pipelined BEGIN ({pipelined * 1e3:.2f} ms)",
        ),
        most=True,
    )


def _stream(folder: Path, size: int) -> list[dict[str, Any]]:
    """The first observations of a noisy world that is large enough."""
    noisy_world.write(max(size // 3, 10), 1, folder / "noisy")
    with (folder / "noisy" / "observations.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(size), strict=False)]


async def _timed(ground: Ground, stream: list[dict[str, Any]], warming: int) -> Times:
    async with await Graph.open(ground.settings) as graph:
        keyring = Keyring(ground.settings.secret())
        identity = await Identity.open(graph, keyring, ground.settings.policy)
        context = Context(DEVELOPER, graph, keyring, identity.state.policy, identity=identity)
        times = Times()
        for number, one in enumerate(stream):
            if number == warming:
                times = Times()
            before = graph.calls
            times.observation.append(await _took(lambda one=one: ingest(context, [one])))  # type: ignore[misc]
            times.calls.append(graph.calls - before)
            times.empty.append(await _took(lambda: _empty(graph)))
            times.pipelined.append(await _took(lambda: _pipelined(graph)))
        return times


async def _took(work: Callable[[], Awaitable[Any]]) -> float:
    start = perf_counter()
    await work()
    return perf_counter() - start


async def _empty(graph: Graph) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        await session.execute_write(_nothing)


async def _pipelined(graph: Graph) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        with session._pipelined_begin:
            await session.execute_write(_nothing)


async def _nothing(transaction: AsyncManagedTransaction) -> None:
    await (await transaction.run("RETURN 1")).consume()

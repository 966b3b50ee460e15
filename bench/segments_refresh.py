"""A saved segment after a few people changed, beside the same segment evaluated as a whole."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.rules.model import parse
from app.segments.refresh import refresh
from app.segments.saved import ACTIVE, Saved
from app.segments.saving import create
from app.segments.whole import refresh_whole
from bench.figure import Figure
from bench.ground import Ground
from bench.segments_rules import BABIES, NO_SMS

CHANGED, ROUNDS, WARM, MOST = 100, 10, 3, 0.05
_PEOPLE = "MATCH (p:Person) RETURN p.oneId AS one_id"


async def measure(ground: Ground) -> Figure:
    """Medians of some rounds: a hundred people, others each time, and everybody. The first of each, which
    fill the segment and warm the statements, are not counted.
    """
    async with await Graph.open(ground.settings) as graph:
        identity = await Identity.open(graph, Keyring(ground.settings.secret()), ground.settings.policy)
        rule = parse({"all": [BABIES, NO_SMS]})
        made = Saved("babies", rule, status=ACTIVE)
        done = await create(identity, made, "bench", "figures", lambda one, known, tags: [])
        assert not done.problems, done.problems
        everybody = [row["one_id"] for row in await graph.reader().compiled(_PEOPLE, {})]
        whole, some = list[float](), list[float]()
        for number in range(WARM + ROUNDS):
            start = perf_counter()
            ran = await refresh_whole(identity, "babies", datetime.now(UTC))
            whole.append((perf_counter() - start) * 1e3)
            people = random.Random(number).sample(everybody, min(CHANGED, len(everybody)))
            start = perf_counter()
            await refresh(identity, people, datetime.now(UTC))
            some.append((perf_counter() - start) * 1e3)
    few, all_ = median(some[WARM:]), median(whole[WARM:])
    terms = [f"{ran.size:,} people in it: {CHANGED} people {few:.1f} ms, everybody {all_:.1f} ms"]
    return Figure("refresh of a segment", few / all_, MOST, "of a full evaluation", terms, True)

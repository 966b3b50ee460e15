"""Pairs of evidence that a full recompute decides in a second, on one core, reading and writing aside.

The demo world times ten is taken into a ledger once, without a clock: the evidence is what an import leaves.
What is timed is `settle`, the one conflict rule over columns; beside it, the columns made of a ledger and
settled, which is all that `oneid recompute` does between its reading and its comparing. One core, whatever
the libraries would like: the process is held to one.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from app.identity.batch import settle
from app.identity.ledger import Ledger
from app.identity.live.recompute import world_of
from app.identity.observing import observe
from app.identity.policy import load_policy
from app.identity.rule import Rule
from app.identity.screen import screen
from app.identity.sighting import Sighting, micros
from app.ingest.model import from_line
from bench.figure import Figure
from bench.ground import Ground

ASKED = 200_000  # pairs a second
ROUNDS = 5


def measure(ground: Ground) -> Iterator[Figure]:
    """The figure; it needs no database."""
    ledger = ledger_of(ground.observations(), ground.settings.policy)
    rule = Rule(ledger.policy)
    settled: list[float] = []
    made: list[float] = []
    with _one_core():
        for _ in range(ROUNDS):
            start = perf_counter()
            keys, pairs, world = world_of(ledger)
            between = perf_counter()
            settle(rule, world)
            made.append(between - start)
            settled.append(perf_counter() - between)
    rate, whole = len(pairs) / median(settled), len(pairs) / (median(settled) + median(made))
    yield Figure(
        "recompute",
        rate,
        ASKED,
        "pairs of evidence a second, one core",
        (
            f"{len(pairs):,} pairs of {len(keys):,} identifiers, {ground.people:,} people; "
            f"medians of {ROUNDS} rounds",
            f"settled in {median(settled) * 1e3:,.0f} ms; columns made in {median(made) * 1e3:,.0f} ms; "
            f"both {whole:,.0f} pairs a second",
        ),
    )


def ledger_of(observations: Path, policy_file: Path) -> Ledger:
    """The evidence of a file of observations, as the policy takes it in."""
    ledger = Ledger(load_policy(policy_file.read_text(encoding="utf-8")))
    now = micros(datetime.now(UTC))
    with observations.open("rb") as lines:
        for line in lines:
            sighting = screen(ledger.policy, ledger.blocklist, from_line(line), now)
            if isinstance(sighting, Sighting):
                observe(ledger, sighting)
    return ledger


@contextmanager
def _one_core() -> Iterator[None]:
    """The process on one core, without collections in the middle of a round."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        os.sched_setaffinity(0, cores)

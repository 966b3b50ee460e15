"""`person` by identifier over HTTP at concurrency 16 against the bare driver: what bench/person_read.py says.

The floor is the same statement with the same parameters over the driver alone, for the same people. The
feed's changes are numbered first, as they are in a service that has been running: a backlog would be worked
off beside the requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import uvloop

from bench import person_read
from bench.figure import Figure
from bench.ground import Ground

ASKED = 0.35  # of the bare driver's throughput
CONCURRENCY = 16


def measure(ground: Ground) -> Iterator[Figure]:
    """The figure, on a graph that holds the demo world."""
    ground.fill()
    ground.oneid("jobs", "run", "sequence-changes")
    seconds, rounds = (0.5, 1) if ground.quick else (3.0, 5)
    bare, service = uvloop.run(person_read.compare(ground.settings, CONCURRENCY, seconds, rounds))
    yield Figure(
        "person by identifier",
        median(service.rates) / median(bare.rates),
        ASKED,
        f"of the bare driver, concurrency {CONCURRENCY}",
        (f"medians of {rounds} interleaved rounds of {seconds:g} s", bare.told(), service.told()),
    )

"""`oneid import` of the demo world times ten, against the floor that writes what it left, nothing resolved.

Both begin with an empty database under the same constraints and indexes, after a smaller world has gone the
same two ways, so that the database has compiled and planned what either of them runs. The import is timed as
a caller sees it: a process from its start to its end, reading the file included. What the floor is and why:
bench/floor.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench import floor
from bench.figure import Figure
from bench.ground import Ground

ASKED = 0.6  # of the floor's speed
_WARMING = 30  # the smaller world is so many times smaller


@dataclass(frozen=True, slots=True)
class Race:
    """What both ways took, in seconds, and how many observations and rows went through."""

    observations: int
    rows: int
    imported: float
    floor: float


def measure(ground: Ground) -> Iterator[Figure]:
    """The figure; the demo world is in the graph afterwards."""
    if not ground.quick:
        _warm(ground)
    ground.empty()
    imported = ground.fill()
    assert imported is not None
    race = run_floor(ground, imported)
    yield Figure(
        "import",
        race.floor / race.imported,
        ASKED,
        "of the floor's speed",
        (
            f"{race.observations:,} observations of {ground.people:,} people; {race.rows:,} rows left",
            f"import  {race.imported:8.1f} s  {race.observations / race.imported:9,.0f} observations a second"
            f"  {race.rows / race.imported:9,.0f} rows a second",
            f"floor   {race.floor:8.1f} s  {race.rows / race.floor:46,.0f} rows a second",
        ),
    )


def run_floor(ground: Ground, imported: float) -> Race:
    """Write again what is in the graph. Raises RuntimeError when that leaves anything else in it."""
    database = ground.settings.neo4j_database
    with ground.driver() as driver, ground.observations().open("rb") as lines:
        before = floor.counts(driver, database)
        rows = floor.read_back(driver, database)
        ground.empty()
        took = floor.write(driver, database, rows)
        if floor.counts(driver, database) != before:
            raise RuntimeError("the floor did not write what the import had written")
        return Race(sum(1 for _ in lines), len(rows), imported, took)


def _warm(ground: Ground) -> None:
    size = max(ground.people // _WARMING, 1)
    ground.oneid("import", str(ground.observations(size, seed=2)))
    run_floor(ground, 0)

"""`oneid import` of the demo world times ten, against the floor that writes what it left, nothing resolved.

Both begin with an empty database under the same constraints and indexes, after a smaller world has gone the
same two ways, so that the database has compiled and planned what either of them runs. The import is timed as
a caller sees it: a process from its start to its end, reading the file included. What the floor is and why:
bench/floor.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import floor
from bench.figure import Figure
from bench.ground import Ground

ASKED = 0.6  # of the floor's speed
_WARMING = 30  # the smaller world is so many times smaller
_FEWER = 10  # the world with all facts has so many times fewer people, each with three times the lines


@dataclass(frozen=True, slots=True)
class Race:
    """What both ways took, in seconds, and how many observations and rows went through."""

    observations: int
    rows: int
    imported: float
    floor: float


def measure(ground: Ground) -> Iterator[Figure]:
    """The figures; the demo world is in the graph afterwards, as the floor wrote it."""
    if not ground.quick:
        _warm(ground)
    yield _with_facts(ground)
    ground.empty()
    imported = ground.fill()
    assert imported is not None
    yield _figure(ground, "import", ground.people, run_floor(ground, imported, ground.observations()))


def _with_facts(ground: Ground) -> Figure:
    """The same race with orders, dependents, messages, behaviours, consents and tags, of fewer people."""
    people = max(ground.people // _FEWER, 1)
    file = ground.observations(people, facts="all")
    ground.empty()
    imported = _import(ground, file)
    return _figure(ground, "import_facts", people, run_floor(ground, imported, file))


def _import(ground: Ground, file: Path) -> float:
    """Seconds that the import of a file with all facts takes; some facts may be of kinds nobody declared."""
    rejects = ground.folder / f"{file.parent.name}-rejects.jsonl"
    return ground.oneid("import", str(file), "--rejects", str(rejects), exits=(0, 1))


def _figure(ground: Ground, name: str, people: int, race: Race) -> Figure:
    return Figure(
        name,
        race.floor / race.imported,
        ASKED,
        "of the floor's speed",
        (
            f"{race.observations:,} observations of {people:,} people; {race.rows:,} rows left",
            f"import  {race.imported:8.1f} s  {race.observations / race.imported:9,.0f} observations a second"
            f"  {race.rows / race.imported:9,.0f} rows a second",
            f"floor   {race.floor:8.1f} s  {race.rows / race.floor:46,.0f} rows a second",
        ),
    )


def run_floor(ground: Ground, imported: float, file: Path) -> Race:
    """Write again what is in the graph. Raises RuntimeError when that leaves anything else in it."""
    database = ground.settings.neo4j_database
    with ground.driver() as driver, file.open("rb") as lines:
        before = floor.counts(driver, database)
        rows = floor.read_back(driver, database)
        ground.empty()
        took = floor.write(driver, database, rows)
        if floor.counts(driver, database) != before:
            raise RuntimeError("the floor did not write what the import had written")
        return Race(sum(1 for _ in lines), len(rows), imported, took)


def _warm(ground: Ground) -> None:
    size = max(ground.people // _WARMING, 1)
    file = ground.observations(size, seed=2, facts="all")
    _import(ground, file)
    run_floor(ground, 0, file)

"""Every figure that is asked for, in one run.

    python -m bench [NAME …] [--people 30000] [--quick]

Starts a Neo4j of its own that is thrown away, unless NEO4J_URI names one that is empty. Exit 0 whatever the
figures are, for they are no tests; anything else means that something broke.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from time import perf_counter

from app.errors import OneIdError
from bench import (
    contradictions,
    demo_import,
    febrl,
    observation,
    reads,
    recompute,
    refresh,
    segments,
    simulate_policy,
    told_apart,
    why,
)
from bench.figure import Figure, Measure
from bench.ground import Ground, ground
from bench.reads_processes import check_node

FIGURES: dict[str, Measure] = {
    "import": demo_import.measure,
    "simulate": simulate_policy.measure,
    "observation": observation.measure,
    "why": why.measure,
    "reads": reads.measure,
    "refresh": refresh.measure,
    "segments": segments.measure,
    "recompute": recompute.measure,
    "quality": told_apart.measure,
    "contradictions": contradictions.measure,
    "febrl": febrl.measure,
}
"""In this order: the observation is measured on the graph that the import leaves; reads, refreshes and
segments have their own.
"""
PURE = {"recompute", "quality", "contradictions", "febrl"}  # these need no database
PEOPLE = 30_000  # the demo world times ten


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 when all was measured, 1 when the database cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(FIGURES)}; all when none")
    parser.add_argument("--people", type=int, default=PEOPLE, help="in the demo world (default %(default)s)")
    parser.add_argument("--quick", action="store_true", help="to try the bench out: short, nothing warmed")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.names if name not in FIGURES]:
        parser.error(f"no figure is called {unknown[0]}: there are {', '.join(FIGURES)}")
    if given.people < 1:
        parser.error("--people: at least one")
    try:
        names = given.names or list(FIGURES)
        if "reads" in names:
            check_node()  # rather than after an hour of other figures
        with ground(given.people, quick=given.quick, database=not PURE.issuperset(names)) as made:
            found = run(made, names)
    except OneIdError as error:
        print(f"{error.message}. {error.suggestion or ''}".strip(), file=sys.stderr)
        return 1
    print("\n" + "\n".join(figure.row() for figure in found))
    return 0


def run(made: Ground, names: Sequence[str]) -> Sequence[Figure]:
    """Measures what is named, and prints each figure with its absolute terms as soon as it is known."""
    found: list[Figure] = []
    for name in (name for name in FIGURES if name in names):
        start = perf_counter()
        print(f"measuring {name}", file=sys.stderr, flush=True)
        for figure in FIGURES[name](made):
            print("\n    ".join((figure.row(), *figure.terms)), flush=True)
            found.append(figure)
        print(f"{name} took {perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    raise SystemExit(main())

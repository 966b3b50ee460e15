"""The demo world: three brands, their customers with known truth, and the noise of real data.

    python -m seed.world --people 3000 --seed 1 --out DIR

writes `observations.jsonl` (what `oneid import` reads) and `truth.json` (a list of [kind, scope, value,
person], normalised values; what truly belongs to two people, or to none, is left out). The same arguments
give the same bytes on any machine. What is in it: docs/demo-world.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from seed.arrivals import Arrivals
from seed.chance import World
from seed.facts import facts as facts_of
from seed.observation import Sighting
from seed.people import Person, owned, person
from seed.sightings import sightings

Facts = Literal["core", "all"]
UNTIL = date(2026, 11, 20)  # the last day of the demo world, unless another is asked for
Progress = Callable[[int, int], None]  # (people done, people in all)


@dataclass
class Summary:
    """What was written, and where."""

    observations: Path
    truth: Path
    people: int
    lines: int = 0
    identifiers: int = 0
    sources: Counter[str] = field(default_factory=Counter)  # distinct observations of each source

    def __str__(self) -> str:
        by_source = ", ".join(f"{source} {count:,}" for source, count in self.sources.most_common())
        return (
            f"{self.people:,} people, {self.lines:,} lines ({by_source}), "
            f"{self.identifiers:,} identifiers of one person in the truth"
        )


def write(
    people: int,
    seed: int,
    folder: Path,
    facts: str = "core",
    *,
    until: date = UNTIL,
    progress: Progress | None = None,
) -> Summary:
    """Writes the world's two files into `folder` (made if it is missing).

    `facts` is `core` (member, card and shop) or `all` (orders, dependents, touches, events, tags and
    consents too, in further lines; the lines of `core` are the same in both). Raises ValueError for
    fewer than one person and for unknown facts.
    """
    if people < 1 or facts not in get_args(Facts):
        raise ValueError(f"expected at least one person and facts {' or '.join(get_args(Facts))}")
    folder.mkdir(parents=True, exist_ok=True)
    world = World(people, seed, until)
    summary = Summary(folder / "observations.jsonl", folder / "truth.json", people)
    with (
        Arrivals(summary.observations) as arrivals,
        summary.truth.open("w", encoding="utf-8", newline="\n") as truth,
    ):
        truth.write("[")
        for index in range(people):
            one = person(world, index)
            seen = sightings(world, index)
            _tell(world, one, "", seen, arrivals, summary)
            if facts == "all":
                _tell(world, one, "f", facts_of(world, one), arrivals, summary)
            for row in _true(world, one, seen):
                truth.write(("" if summary.identifiers == 0 else ",\n") + json.dumps(row))
                summary.identifiers += 1
            if progress:
                progress(index + 1, people)
        truth.write("]\n")
    summary.lines = arrivals.lines
    return summary


def _tell(
    world: World, one: Person, mark: str, seen: Iterable[Sighting], arrivals: Arrivals, summary: Summary
) -> None:
    rng = world.rng(f"arrival{mark}", one.index)
    for number, sighting in enumerate(seen):
        line = sighting.as_input(f"w{world.seed}-{one.index}-{mark}{number}")
        arrivals.add(rng, sighting.at, line)
        summary.sources[sighting.source] += 1


def _true(world: World, one: Person, seen: Iterable[Sighting]) -> list[list[str | int]]:
    """The rows of the truth: identifiers of this person alone that some source reported in plain form."""
    plain = {each.key for sighting in seen for each in sighting.identifiers if not each.hashed}
    return [[*key, one.index] for key in sorted(plain & owned(world, one))]


def main(arguments: list[str] | None = None) -> int:
    """The command line; the summary goes to stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m seed.world",
        description=__doc__.partition("\n")[0],
        epilog="example: python -m seed.world --people 3000 --seed 1 --out DIR",
    )
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--facts", choices=get_args(Facts), default="core")
    parser.add_argument(
        "--until",
        type=date.fromisoformat,
        default=UNTIL,
        metavar="YYYY-MM-DD",
        help=f"the world's last day (default {UNTIL})",
    )
    given = parser.parse_args(arguments)
    if given.people < 1:
        parser.error("--people: at least one")
    print(write(given.people, given.seed, given.out, given.facts, until=given.until), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
